/** Ids of the sample world that tests use, under the names the world gives them. */
export const sample = Object.freeze({
  csp: {
    tenantId: "61fab11c-a4eb-4a48-9963-9823113288f3",
    clientId: "2af923dd-9767-4866-b866-b5b8397f069e",
    objectId: "663c9725-3276-4f53-afd7-8e4b016b8151",
  },
  paris: {
    subscriptionId: "d52111d9-8fe6-442a-b3f2-281f7629a58b",
    resourceGroup: "azurestack",
    name: "azurestack-hub-paris",
  },
  marseille: {
    subscriptionId: "d52111d9-8fe6-442a-b3f2-281f7629a58b",
    resourceGroup: "azurestack",
    name: "azurestack-hub-marseille",
  },
  lyon: {
    subscriptionId: "0c7e0a76-a1c7-4455-b242-7defde95c5c1",
    resourceGroup: "azurestack",
    name: "azurestack-hub-lyon",
  },
  lille: {
    subscriptionId: "0c7e0a76-a1c7-4455-b242-7defde95c5c1",
    resourceGroup: "azurestack",
    name: "azurestack-hub-lille",
  },
  /** Mapped on Paris. */
  beaumont: {
    tenantId: "05c368fa-731d-46fe-801a-91e06ebd2e54",
    subscriptionId: "3e400ba3-3da6-49b6-a3c3-882212867e40",
    secondSubscriptionId: "f6b3a7e3-129b-452f-aea3-685bb2605cf5",
  },
  /** Mapped on Lyon. */
  alpes: { tenantId: "761d9333-c93d-4cb6-9540-4d78a0de3f0c", subscriptionId: "24222f43-8e1d-472c-ab21-81e5c92b6936" },
  /** Mapped nowhere. */
  delmas: { tenantId: "64b7da04-bacd-47ba-ad27-f9b41106797e", subscriptionId: "f4168c91-41b3-44da-b15a-9c86b382a0ba" },
  garance: { tenantId: "dd205296-16cd-4090-a357-13b921f4f0cf", subscriptionId: "bbef828e-cae2-4131-becf-6ebe8c712ac2" },
  /** Sold by another partner. */
  thevenin: {
    tenantId: "e29bf194-2110-409d-a49d-0b90f8e36f23",
    subscriptionId: "0e2d6081-f179-40b2-b4f2-cfabecbf2852",
  },
  /** Not sold through CSP. */
  ugine: { tenantId: "e0dc3665-14e9-4776-84a0-09ee0cfd6268", subscriptionId: "cda423bb-9eb3-485a-b60e-65bfd9b6e42b" },
  /** Cannot be looked up by the service. */
  unresolvable: { subscriptionId: "d908458d-2d03-435e-8c09-b7cc577bbbd6" },
});

export const registrationsPath = (subscriptionId: string) =>
  `/subscriptions/${subscriptionId}/resourceGroups/azurestack/providers/Microsoft.AzureStack/registrations`;

export const registrationPath = ({ subscriptionId, name }: { subscriptionId: string; name: string }) =>
  `${registrationsPath(subscriptionId)}/${name}`;

export const customerSubscriptionPath = (
  registration: { subscriptionId: string; name: string },
  customerSubscriptionId: string,
) => `${registrationPath(registration)}/customerSubscriptions/${customerSubscriptionId}`;

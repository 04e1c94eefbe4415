export { CustomerSubscription } from "./customerSubscription.ts";
export type {
  CustomerSubscriptionArgs,
  CustomerSubscriptionMapping,
  RegistrationById,
  RegistrationByName,
} from "./customerSubscription.ts";

import { defineErrors } from "./defineErrors.ts";

/** Source: Azure Stack Hub operator documentation, "Report usage data: error codes" (azure-stack-usage-issues). */
export const bridgeErrors = defineErrors({
  title: "Usage bridge errors",
  about:
    "Codes by which the administrator portal of a Hub says why its usage does not reach Azure; `explain` takes them as the portal writes them.",
  errors: {
    CSP_BRIDGE_NETWORK: {
      kind: "service",
      fact: "The Hub's usage bridge cannot reach the usage endpoint in Azure (NetworkError).",
      leadsTo: "Usage stays on the Hub until it can; until then nobody is billed for it.",
      remedy: "Look for a proxy or firewall on the way from the Hub that blocks or intercepts, and open the endpoint.",
    },
    CSP_BRIDGE_TIMED_OUT: {
      kind: "service",
      fact: "Azure did not answer the Hub's usage bridge in time (RequestTimedOut).",
      leadsTo: "Usage stays on the Hub until it does; until then nobody is billed for it.",
      remedy: "Look for a proxy or firewall on the way from the Hub that slows down or intercepts.",
    },
    CSP_BRIDGE_SIGN_IN: {
      kind: "access",
      fact: "The Hub's usage bridge cannot sign in with Microsoft Entra ID (LoginError).",
      leadsTo: "No usage reaches Azure.",
      remedy: "Make Entra ID's sign-in address reachable from all virtual machines of the Hub's XRP.",
    },
    CSP_BRIDGE_CERTIFICATE: {
      kind: "access",
      fact: "The Hub's usage bridge cannot verify the certificate of the service in Azure (CertificateValidationError).",
      leadsTo: "No usage reaches Azure.",
      remedy: "Take the proxy out of the way that opens TLS between the Hub's XRP machines and the usage gateway.",
    },
    CSP_BRIDGE_UNAUTHORIZED: {
      kind: "access",
      fact: "Azure does not accept the Hub's usage bridge (Unauthorized).",
      leadsTo: "No usage reaches Azure.",
      remedy:
        "Where the registration was changed, register the Hub again. Else correct the clocks of the Hub's XRP machines, which differ from Entra ID's.",
    },
  },
});

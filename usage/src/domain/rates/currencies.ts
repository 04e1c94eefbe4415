/** Codes of ISO 4217 by the places of their smallest unit; units of account and metals have none and pay no bill. */
const CODES: Readonly<Record<number, string>> = {
  0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
  2:
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE " +
    "CHF CHW CNY COP COU CRC CUC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD " +
    "HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU " +
    "MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG " +
    "SEK SGD SHP SLE SLL SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES " +
    "WST XCD YER ZAR ZMW ZWL",
  3: "BHD IQD JOD KWD LYD OMR TND",
  4: "CLF UYW",
};

const places: ReadonlyMap<string, number> = new Map(
  Object.entries(CODES).flatMap(([count, codes]) => codes.split(" ").map((code) => [code, Number(count)] as const)),
);

/** The currencies that something can be billed in, by their codes of ISO 4217. */
export const CURRENCIES: readonly string[] = [...places.keys()].sort();

/** How many places an amount of the currency is billed with: 2 for EUR, 0 for JPY, 3 for KWD; `undefined` for no currency. */
export function currencyPlaces(currency: string): number | undefined {
  return places.get(currency);
}

/** Meters by what they measure, each id in the letters in which its resource provider writes it. */
export const meters = {
  /** Ids of the network's meters have no dashes. */
  staticIp: "F271A8A388C44D93956A063E1D2FA80B",
  dynamicIp: "9E2739BA86744796B465F64674B822BA",
  vmHours: "6dab500f-a4fd-49c4-956d-229bb9c8c793",
  vmBaseCores: "fab6eb84-500b-4a09-a8ca-7358f8bbaea5",
  vmWindowsCores: "9cd92d4c-bafd-4492-b278-bedc2de8232a",
  pageBlobs: "B5C15376-6C94-4FDD-B655-1A69D138ACA3",
  blockBlobs: "09F8879E-87E9-4305-A572-4B7BE209F857",
  tables: "B4438D5D-453B-4EE1-B42A-DC72E377F1E4",
  queues: "B03C6AE7-B080-4BFA-84A3-22C800F315C6",
  tableCalls: "B9FF3CD0-28AA-4762-84BB-FF8FBAEA6A90",
  blobCalls: "43DAF82B-4618-444A-B994-40C23F7CD438",
  blobIngress: "9764F92C-E44A-498E-8DC1-AAD66587A810",
  blobEgress: "3023FEF4-ECA5-4D7B-87B3-CFBC061931E8",
  queueCalls: "EB43DD12-1AA6-4C4B-872C-FAF15A6785EA",
  standardDiskBytes: "7ba084ec-ef9c-4d64-a179-7732c6cb5e28",
  premiumDiskBytes: "daef389a-06e5-4684-a7f7-8813d9f792d5",
  standardSnapshotBytes: "108fa95b-be0d-4cd9-96e8-5b0d59505df1",
  sqlDatabase: "CBCFEF9A-B91F-4597-A4D3-01FE334BED82",
  mySqlDatabase: "E6D8CFCD-7734-495E-B1CC-5AB0B9C24BD3",
  eventHubCores: "CB6A35C5-FADE-406C-B14D-6DDB7C4CA3D5",
  keyVaultCalls: "EBF13B9F-B3EA-46FE-BF54-396E93D48AB4",
  /** Of the machines that App Service runs on: reported against the operator's subscription alone. */
  appServiceCores: "190C935E-9ADA-48FF-9AB8-56EA1CF9ADAA",
  sharedWebHours: "957E9F36-2C14-45A1-B6A1-1723EF71A01D",
  smallWebHours: "88039D51-A206-3A89-E9DE-C5117E2D10A6",
  functionRuns: "67CC4AFC-0691-48E1-A4B8-D744D1FEDBDE",
  functionGigabyteSeconds: "D1D04836-075C-4F27-BF65-0A1130EC60ED",
  webEgress: "5887D39B-0253-4E12-83C7-03E1A93DFFD9",
} as const;

/** Sizes of managed disks, with the meter that counts them. */
export const disks = [
  { gigabytes: 32, meterId: "380874f9-300c-48e0-95a0-d2d9a21ade8f", isPremium: false },
  { gigabytes: 64, meterId: "1b77d90f-427b-4435-b4f1-d78adec53222", isPremium: false },
  { gigabytes: 128, meterId: "d5f7731b-f639-404a-89d0-e46186e22c8d", isPremium: false },
  { gigabytes: 512, meterId: "88ea9228-457a-4091-adc9-ad5194f30b6e", isPremium: false },
  { gigabytes: 128, meterId: "e554b6bc-96cd-4938-a5b5-0da990278519", isPremium: true },
  { gigabytes: 1024, meterId: "06bde724-9f94-43c0-84c3-d0fc54538369", isPremium: true },
] as const;

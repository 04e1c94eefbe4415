/** What tokens for the resource managers of Azure's clouds are asked for. */
export const azureAudiences: readonly string[] = [
  "https://management.core.windows.net/",
  "https://management.azure.com/",
  "https://management.usgovcloudapi.net/",
  "https://management.core.usgovcloudapi.net/",
  "https://management.chinacloudapi.cn/",
  "https://management.core.chinacloudapi.cn/",
];

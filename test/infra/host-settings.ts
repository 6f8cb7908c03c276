/** App settings that the Functions host reads, each with its reason. The app may read one of them too. */
export const hostSettings: Readonly<Record<string, string>> = {
  AzureWebJobsStorage__credential:
    "says that the storage account is reached by a managed identity, since there is no key",
  AzureWebJobsStorage__clientId:
    "says by which identity: without it the host asks for the system-assigned one, which there is not",
  APPLICATIONINSIGHTS_CONNECTION_STRING: "where the host sends its own logs and requests",
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING:
    "as whom, since the component takes no key: local authentication is disabled",
};

/**
 * Since which api-version each property is known, where that is later than the type itself. Arrays are not spelled:
 * what is said of `dataDisks.lun` holds for each of them.
 *
 * From the change logs of the official SDKs, whose releases follow the api-versions, and the API descriptions of the
 * versions between which they lie. Not here, though described later: `hyperVGeneration` and `location` of
 * sourceMetadata, and `consistencyMode`, which answers of 2021-03-01 had (recorded), and `sourceRestorePoint` and
 * `instanceView`, which Azure's own README of copies uses from 2021-03-01 on.
 */

type PropertyVersions = Readonly<Record<string, string>>;

const METADATA = "properties.sourceMetadata";
const STORAGE = `${METADATA}.storageProfile`;

const restorePoint: PropertyVersions = {
  "properties.instanceView.diskRestorePoints.replicationStatus.completionPercent": "2022-03-01",
  [`${METADATA}.userData`]: "2022-11-01",
  [`${STORAGE}.osDisk.writeAcceleratorEnabled`]: "2023-03-01",
  [`${STORAGE}.osDisk.diskRestorePoint.encryption`]: "2023-03-01",
  [`${STORAGE}.osDisk.diskRestorePoint.sourceDiskRestorePoint`]: "2023-03-01",
  [`${STORAGE}.dataDisks.writeAcceleratorEnabled`]: "2023-03-01",
  [`${STORAGE}.dataDisks.diskRestorePoint.encryption`]: "2023-03-01",
  [`${STORAGE}.dataDisks.diskRestorePoint.sourceDiskRestorePoint`]: "2023-03-01",
  [`${STORAGE}.diskControllerType`]: "2023-09-01",
  "properties.instantAccessDurationMinutes": "2025-04-01",
  "properties.instanceView.diskRestorePoints.snapshotAccessState": "2025-04-01",
};

export const PROPERTY_VERSIONS = {
  virtualMachine: {
    "properties.userData": "2021-03-01",
    "properties.scheduledEventsProfile": "2021-03-01",
    "properties.storageProfile.osDisk.deleteOption": "2021-03-01",
    "properties.storageProfile.dataDisks.deleteOption": "2021-03-01",
    "properties.capacityReservation": "2021-04-01",
    "properties.applicationProfile": "2021-07-01",
    "properties.timeCreated": "2021-11-01",
    "properties.storageProfile.osDisk.managedDisk.securityProfile": "2021-11-01",
    "properties.storageProfile.dataDisks.managedDisk.securityProfile": "2021-11-01",
    "properties.storageProfile.diskControllerType": "2022-08-01",
    etag: "2023-09-01",
    managedBy: "2023-09-01",
    "properties.scheduledEventsPolicy": "2024-03-01",
    "properties.storageProfile.dataDisks.sourceResource": "2024-03-01",
    placement: "2024-11-01",
    "properties.storageProfile.alignRegionalDisksToVMZone": "2024-11-01",
    "properties.storageProfile.diskApiVersion": "2026-04-01",
    "properties.storageProfile.osDisk.managedDisk.additionalDiskProperties": "2026-04-01",
    "properties.storageProfile.dataDisks.managedDisk.additionalDiskProperties": "2026-04-01",
  },
  disk: {
    "properties.supportedCapabilities": "2021-04-01",
    "properties.completionPercent": "2021-04-01",
    "properties.publicNetworkAccess": "2021-04-01",
    "properties.creationData.securityDataUri": "2021-08-01",
    "properties.securityProfile.secureVMDiskEncryptionSetId": "2021-08-01",
    "properties.dataAccessAuthMode": "2021-12-01",
    "properties.supportedCapabilities.architecture": "2021-12-01",
    "properties.optimizedForFrequentAttach": "2022-07-02",
    "properties.burstingEnabledTime": "2022-07-02",
    "properties.creationData.performancePlus": "2022-07-02",
    "properties.supportedCapabilities.diskControllerTypes": "2022-07-02",
    "properties.LastOwnershipUpdateTime": "2023-04-02",
    "properties.creationData.elasticSanResourceId": "2023-04-02",
    "properties.creationData.provisionedBandwidthCopySpeed": "2023-10-02",
    "properties.availabilityPolicy": "2025-01-02",
    "properties.creationData.securityMetadataUri": "2025-01-02",
    "properties.creationData.instantAccessDurationMinutes": "2025-01-02",
    "properties.supportedCapabilities.supportedSecurityOption": "2025-01-02",
    "properties.securityProfile.confidentialVMVersion": "2026-03-02",
  },
  restorePointCollection: {
    "properties.instantAccess": "2025-04-01",
    ...Object.fromEntries(
      Object.entries(restorePoint).map(([path, since]) => [
        `properties.restorePoints.${path}`,
        since,
      ]),
    ),
  },
  restorePoint,
  diskRestorePoint: {
    "properties.supportedCapabilities": "2021-04-01",
    "properties.networkAccessPolicy": "2021-04-01",
    "properties.publicNetworkAccess": "2021-04-01",
    "properties.diskAccessId": "2021-04-01",
    "properties.completionPercent": "2021-04-01",
    "properties.replicationState": "2021-08-01",
    "properties.sourceResourceLocation": "2021-08-01",
    "properties.supportedCapabilities.architecture": "2021-12-01",
    "properties.securityProfile": "2022-03-02",
    "properties.supportedCapabilities.diskControllerTypes": "2022-07-02",
    "properties.logicalSectorSize": "2024-03-02",
    "properties.supportedCapabilities.supportedSecurityOption": "2025-01-02",
    "properties.snapshotAccessState": "2026-03-02",
    "properties.securityProfile.confidentialVMVersion": "2026-03-02",
  },
  grantAccessData: {
    getSecureVMGuestStateSAS: "2021-08-01",
    fileFormat: "2023-01-02",
  },
  accessUri: {
    securityDataAccessSAS: "2021-08-01",
    securityMetadataAccessSAS: "2025-01-02",
  },
} satisfies Record<string, PropertyVersions>;

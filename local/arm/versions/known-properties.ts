/** What the requests of each type may have. */
import { type KnownType, known, resource } from "./known-type.ts";
import { NESTED_SINCE, type ShapedType } from "./shape.ts";

const reference = known("ApiEntityReference", "id");

const managedDisk = known(
  "ManagedDiskParameters",
  "id storageAccountType diskEncryptionSet securityProfile additionalDiskProperties",
);

const profiles = {
  hardwareProfile: known("HardwareProfile", "vmSize processorMode", {
    vmSizeProperties: known("VMSizeProperties", "vCPUsAvailable vCPUsPerCore"),
  }),
  osProfile: known(
    "OSProfile",
    `computerName adminUsername adminPassword customData windowsConfiguration linuxConfiguration secrets
     allowExtensionOperations requireGuestProvisionSignal`,
  ),
  networkProfile: known(
    "NetworkProfile",
    "networkApiVersion networkInterfaceConfigurations interconnectGroupProfile",
    {
      networkInterfaces: known("NetworkInterfaceReference", "id", {
        properties: known("NetworkInterfaceReferenceProperties", "primary deleteOption"),
      }),
    },
  ),
  securityProfile: known(
    "SecurityProfile",
    "encryptionAtHost securityType encryptionIdentity proxyAgentSettings",
    { uefiSettings: known("UefiSettings", "secureBootEnabled vTpmEnabled") },
  ),
  diagnosticsProfile: known("DiagnosticsProfile", "bootDiagnostics"),
};

const virtualMachine = resource(
  "location tags plan identity zones extendedLocation managedBy placement resources",
  {
    properties: known(
      "VirtualMachineProperties",
      `scheduledEventsPolicy additionalCapabilities availabilitySet virtualMachineScaleSet proximityPlacementGroup priority evictionPolicy
       billingProfile host hostGroup provisioningState instanceView licenseType vmId extensionsTimeBudget
       platformFaultDomain scheduledEventsProfile userData capacityReservation interconnectBlockProfile
       applicationProfile timeCreated resiliencyProfile`,
      {
        ...profiles,
        storageProfile: known(
          "StorageProfile",
          "diskControllerType alignRegionalDisksToVMZone diskApiVersion",
          {
            imageReference: known(
              "ImageReference",
              "id publisher offer sku version exactVersion sharedGalleryImageId communityGalleryImageId",
            ),
            osDisk: known(
              "OSDisk",
              `osType encryptionSettings name vhd image caching writeAcceleratorEnabled diffDiskSettings createOption
               diskSizeGB storageFaultDomainAlignment deleteOption`,
              { managedDisk },
            ),
            dataDisks: known(
              "DataDisk",
              `lun name vhd image caching writeAcceleratorEnabled createOption diskSizeGB storageFaultDomainAlignment
               toBeDetached diskIOPSReadWrite diskMBpsReadWrite detachOption deleteOption`,
              { managedDisk, sourceResource: reference },
            ),
          },
        ),
      },
    ),
  },
);

const imageDisk = known(
  "ImageDiskReference",
  "id sharedGalleryImageId communityGalleryImageId lun",
);

const disk = resource("location tags managedBy managedByExtended zones extendedLocation", {
  sku: known("DiskSku", "name tier"),
  properties: known(
    "DiskProperties",
    `timeCreated osType hyperVGeneration diskSizeGB diskSizeBytes uniqueId encryptionSettingsCollection
     provisioningState diskIOPSReadWrite diskMBpsReadWrite diskIOPSReadOnly diskMBpsReadOnly diskState maxShares
     shareInfo networkAccessPolicy diskAccessId burstingEnabledTime tier burstingEnabled propertyUpdatesInProgress
     supportsHibernation completionPercent publicNetworkAccess dataAccessAuthMode optimizedForFrequentAttach
     LastOwnershipUpdateTime`,
    {
      creationData: known(
        "CreationData",
        `createOption storageAccountId sourceUri sourceResourceId sourceUniqueId uploadSizeBytes logicalSectorSize
         securityDataUri securityMetadataUri performancePlus elasticSanResourceId provisionedBandwidthCopySpeed
         instantAccessDurationMinutes`,
        { imageReference: imageDisk, galleryImageReference: imageDisk },
      ),
      purchasePlan: known("PurchasePlan", "name publisher product promotionCode"),
      supportedCapabilities: known(
        "SupportedCapabilities",
        "diskControllerTypes acceleratedNetwork architecture supportedSecurityOption",
      ),
      encryption: known("Encryption", "diskEncryptionSetId type"),
      securityProfile: known(
        "DiskSecurityProfile",
        "securityType secureVMDiskEncryptionSetId confidentialVMVersion",
      ),
      availabilityPolicy: known("AvailabilityPolicy", "actionOnDiskDelay"),
    },
  ),
});

const restorePointCollection = resource("location tags", {
  properties: known(
    "RestorePointCollectionProperties",
    "provisioningState restorePointCollectionId restorePoints instantAccess",
    // incarnationId is not described, but was in recorded answers.
    { source: known("RestorePointCollectionSourceProperties", "id location incarnationId") },
  ),
});

const diskRestorePoint = known("DiskRestorePointAttributes", "id", {
  sourceDiskRestorePoint: reference,
  encryption: known("RestorePointEncryption", "diskEncryptionSet type"),
});

const SOURCE_DISK = "name caching diskSizeGB managedDisk writeAcceleratorEnabled";

const sourceMetadata = known(
  "RestorePointSourceMetadata",
  `hardwareProfile osProfile diagnosticsProfile licenseType vmId securityProfile location userData hyperVGeneration`,
  {
    storageProfile: known("RestorePointSourceVMStorageProfile", "diskControllerType", {
      osDisk: known("RestorePointSourceVMOSDisk", `osType encryptionSettings ${SOURCE_DISK}`, {
        diskRestorePoint,
      }),
      dataDisks: known("RestorePointSourceVMDataDisk", `lun ${SOURCE_DISK}`, { diskRestorePoint }),
    }),
  },
);

const RESTORE_POINT =
  "provisioningState consistencyMode timeCreated instanceView instantAccessDurationMinutes";
const restorePointTypes = {
  excludeDisks: reference,
  sourceMetadata,
  sourceRestorePoint: reference,
};

const restorePointProperties = known("RestorePointProperties", RESTORE_POINT, restorePointTypes);

const restorePoint = resource("location tags", {
  properties: restorePointProperties,
  // As Azure's own README of crash-consistent restore points spells it.
  property: restorePointProperties,
});

/** Of 2021-03-01: with the properties beside `id` and `name`, and as later versions have them. */
const flatRestorePoint = resource(`location tags provisioningDetails ${RESTORE_POINT}`, {
  ...restorePointTypes,
  properties: restorePointProperties,
  property: restorePointProperties,
});

const grantAccessData = known(
  "GrantAccessData",
  "access durationInSeconds getSecureVMGuestStateSAS fileFormat",
);

const KNOWN: Partial<Record<ShapedType, KnownType>> = {
  virtualMachine,
  disk,
  restorePointCollection,
  restorePoint,
  grantAccessData,
};

/** Undefined for what is never sent. */
export const knownTypeOf = (type: ShapedType, apiVersion: string): KnownType | undefined =>
  type === "restorePoint" && apiVersion < NESTED_SINCE ? flatRestorePoint : KNOWN[type];

/** Before `azd down`, which would delete the whole resource group of whatever was deployed, such as a role on VMs. */
console.error(
  `\`azd down\` would delete every resource group that something was deployed to, also those of
protected VMs. Nothing was deleted. How to remove the app alone: docs/deploy.md#remove`,
);
process.exitCode = 1;

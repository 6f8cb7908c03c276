/** The headings of the document. Whoever adds one to a route says here what is below it. */
export const tags = [
  { name: "VMs", description: "What is protected, how, and why." },
  {
    name: "Restore points",
    description: "What there is to go back to, with its disks and copies.",
  },
  { name: "Restores", description: "Disks and VMs that are made of restore points." },
  { name: "Operations", description: "How far something is that takes its time." },
  { name: "Policies", description: "When restore points are made, and how long they are kept." },
  { name: "Partners", description: "Backup vendors: what they see, and what they may do there." },
  { name: "Grants", description: "Access to a disk of a restore point, for a time." },
  { name: "Reports", description: "What is true of the fleet, and what was done." },
  {
    name: "Upkeep",
    description: "Switches of the whole app, and what follows a loss of its tables.",
  },
];

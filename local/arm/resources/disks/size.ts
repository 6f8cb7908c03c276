export const GIB = 1024 ** 3;

/** As Azure prints it: rounded up, since the footer of an uploaded VHD is not part of the disk. */
export const sizeInGB = ({ sizeInBytes }: { readonly sizeInBytes: number }): number =>
  Math.ceil(sizeInBytes / GIB);

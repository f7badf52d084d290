/** Of the LSEQ paper's authors. Measured for its keys and its size only. */
export const name = 'lseqtree'
export const packages = ['lseqtree']
export const bundle = { entry: 'lseqtree' }

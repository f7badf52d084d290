/** Of the paper that our runs are named after. Measured for its keys and its size only. */
export const name = 'dotted-logootsplit'
export const packages = ['dotted-logootsplit']
export const bundle = { entry: 'dotted-logootsplit' }

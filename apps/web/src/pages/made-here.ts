/** Under this a tab remembers which document it has made up itself. */
export const MADE_HERE = 'made-here'

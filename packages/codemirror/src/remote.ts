import { Annotation, type AnnotationType } from '@codemirror/state'

/** Marks a transaction that shows what the shared text has already, so that it is not taken for typing. */
export const fromShared: AnnotationType<true> = Annotation.define<true>()

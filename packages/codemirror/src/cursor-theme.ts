import type { Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { FLAG_HEIGHT, FLAG_WIDTH } from './flag.ts'

const shownThenGone = { '0%, 85%': { opacity: 1 }, '100%': { opacity: 0 } }

/**
 * How the others' cursors look. A page may set `--mh-flag-font`, `--mh-flag-time` and `--mh-selection-strength`; each
 * person's colour comes as `--mh-color`, the colour to write on it with as `--mh-label`.
 */
export const cursorTheme: Extension = EditorView.baseTheme({
  '&light': { '--mh-selection-strength': '25%' },
  '&dark': { '--mh-selection-strength': '40%' },
  '.mh-selection': {
    background: 'color-mix(in srgb, var(--mh-color) var(--mh-selection-strength), transparent)',
    pointerEvents: 'none',
  },
  '.mh-caret': {
    boxSizing: 'border-box',
    width: '2px',
    marginLeft: '-1px',
    background: 'var(--mh-color)',
    pointerEvents: 'none',
  },
  '.mh-idle': { opacity: 0.5 },
  '.mh-tab': {
    position: 'absolute',
    left: '-3px',
    width: '8px',
    height: '6px',
    borderRadius: '2px',
    background: 'var(--mh-color)',
    pointerEvents: 'auto',
  },
  '.mh-above > .mh-tab, .mh-beside > .mh-tab': { top: '-4px' },
  '.mh-below > .mh-tab': { bottom: '-4px' },
  '.mh-flag': {
    position: 'absolute',
    boxSizing: 'border-box',
    width: 'max-content',
    maxWidth: `${FLAG_WIDTH}px`,
    height: `${FLAG_HEIGHT}px`,
    padding: '0 6px',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    font: `var(--mh-flag-font, 600 11px/${FLAG_HEIGHT}px system-ui, sans-serif)`,
    color: 'var(--mh-label)',
    background: 'var(--mh-color)',
    opacity: 0,
  },
  '.mh-above > .mh-flag': { bottom: '100%' },
  '.mh-below > .mh-flag': { top: '100%' },
  '.mh-beside > .mh-flag': { top: `calc(50% - ${FLAG_HEIGHT / 2}px)`, borderRadius: '4px' },
  '.mh-right > .mh-flag': { left: 'var(--mh-shift)' },
  '.mh-left > .mh-flag': { right: 0 },
  '.mh-above.mh-right > .mh-flag': { borderRadius: '4px 4px 4px 0' },
  '.mh-above.mh-left > .mh-flag': { borderRadius: '4px 4px 0 4px' },
  '.mh-below.mh-right > .mh-flag': { borderRadius: '0 4px 4px 4px' },
  '.mh-below.mh-left > .mh-flag': { borderRadius: '4px 0 4px 4px' },
  '.mh-moved-even > .mh-flag': { animation: 'mh-flag-even var(--mh-flag-time, 2.2s) linear' },
  '.mh-moved-odd > .mh-flag': { animation: 'mh-flag-odd var(--mh-flag-time, 2.2s) linear' },
  '.mh-caret > .mh-tab:hover + .mh-flag': { opacity: 1, animation: 'none' },
  '@keyframes mh-flag-even': shownThenGone,
  '@keyframes mh-flag-odd': shownThenGone,
  '@media (prefers-reduced-motion: reduce)': {
    '.mh-caret > .mh-flag': { animationTimingFunction: 'step-end' },
  },
})

/** The bar above the text on a wide window. One panel is open at a time. */
import { Command, Ellipsis } from 'lucide-react'
import { type ReactNode, useMemo, useState } from 'react'
import { PageMenu } from '../actions/page-menu.tsx'
import { useActions, useAllActions } from '../actions/with-actions.tsx'
import { LibraryLink } from '../library/library-link.tsx'
import { AvatarStack } from '../people/avatar-stack.tsx'
import { meAction } from '../people/me-action.ts'
import { MeForm } from '../people/me-form.tsx'
import { PeopleList } from '../people/people-list.tsx'
import { PersonButtons } from '../people/person-buttons.tsx'
import { ModeField } from '../preview/mode-field.tsx'
import { Share } from '../sharing/share.tsx'
import { texts } from '../texts.ts'
import { BrandMark } from '../ui/brand-mark.tsx'
import { Popover } from '../ui/popover.tsx'
import type { BarProps } from './bar.ts'
import { SavedStatePill } from './saved-state-pill.tsx'
import { TitleField } from './title-field.tsx'

type Panel = 'saved' | 'people' | 'menu'

const AVATARS = 4

export function TopBar(props: BarProps): ReactNode {
  const { client, me, saved } = props
  const [panel, setPanel] = useState<Panel | null>(null)
  useActions(useMemo(() => [meAction(() => setPanel('people'))], []))
  // A panel that loses the focus to another one reports its closing after that one has opened.
  const toggle = (which: Panel) => (open: boolean) => setPanel((now) => (open ? which : now === which ? null : now))
  return (
    <header className="top-bar">
      <a className="home" href="/" title={texts.action.newDocument} aria-label={texts.action.newDocument}>
        <BrandMark size={22} />
      </a>
      <LibraryLink />
      <TitleField
        title={client.title}
        opening={props.opening}
        readOnly={client.state.role === 'reader'}
        onRename={(title) => client.rename(title)}
      />
      <SavedStatePill
        key={props.asked}
        state={saved}
        client={client}
        open={panel === 'saved'}
        onToggle={toggle('saved')}
      />
      <span className="spacer" />
      {props.writing.mode !== null && <ModeField mode={props.writing.mode} />}
      <span className="spacer" />
      <PersonButtons others={client.members.slice(0, AVATARS)} together={props.together} />
      <Popover
        open={panel === 'people'}
        onToggle={toggle('people')}
        label={texts.people.button(client.members.length)}
        className="people-button"
        heading={texts.people.heading}
        button={<AvatarStack me={me.person} others={client.members.slice(AVATARS)} room={0} />}
      >
        <MeForm me={me} />
        <PeopleList others={client.members} together={props.together} onGo={() => setPanel(null)} />
      </Popover>
      <Share client={client} address={props.address} />
      <PaletteButton />
      <Popover
        open={panel === 'menu'}
        onToggle={toggle('menu')}
        label={texts.menu.button}
        className="icon-button"
        heading={texts.menu.heading}
        button={<Ellipsis size={18} aria-hidden="true" />}
      >
        <PageMenu theme={props.theme} language={props.language} onDone={() => setPanel(null)} />
      </Popover>
    </header>
  )
}

/** The way to the palette for who does not know its keys. */
function PaletteButton(): ReactNode {
  const actions = useAllActions()
  const open = (): void =>
    actions
      .all()
      .find(({ id }) => id === 'palette')
      ?.run()
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={texts.actions.palette}
      aria-haspopup="dialog"
      title={`${texts.actions.palette} (F1)`}
      onClick={open}
    >
      <Command size={17} aria-hidden="true" />
    </button>
  )
}

import Dashboard from '@mui/icons-material/SpaceDashboardOutlined';
import { Menu, MenuItemLinkClasses, useLocation } from 'react-admin';
import type { MenuEntry } from '../capability.ts';
import { useDesk, useMay } from '../desk-context.ts';
import { shellTexts } from '../text/texts.ts';
import { useLanguage, useText } from '../use-text.ts';

/** The sections that whoever is signed in may open. */
export function DeskMenu() {
  const { capabilities } = useDesk();
  const { overview } = useText(shellTexts);
  const language = useLanguage();
  const may = useMay();
  return (
    <Menu>
      <Section paths={['/']} label={overview} icon={Dashboard} />
      {capabilities
        .flatMap(({ menu }) => menu)
        .filter(({ permission }) => may(permission))
        .map(({ path, alsoAt = [], label, icon }) => (
          <Section key={path} paths={[path, ...alsoAt]} label={label[language]} icon={icon} />
        ))}
    </Menu>
  );
}

interface SectionProps {
  /** Where it leads, then where else it is. */
  readonly paths: readonly [string, ...string[]];
  readonly label: string;
  readonly icon: MenuEntry['icon'];
}

/** Marked on all of its pages, for eyes and for screen readers; react-admin would mark it where it leads, for eyes alone. */
function Section({ paths, label, icon: Icon }: SectionProps) {
  const { pathname } = useLocation();
  const isHere = paths.some((path) => pathname === path || (path !== '/' && pathname.startsWith(`${path}/`)));
  return (
    <Menu.Item
      to={paths[0]}
      primaryText={label}
      leftIcon={<Icon />}
      {...(isHere && { 'aria-current': 'page', className: MenuItemLinkClasses.active })}
    />
  );
}

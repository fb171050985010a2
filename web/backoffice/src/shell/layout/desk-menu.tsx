import Dashboard from '@mui/icons-material/SpaceDashboardOutlined';
import { Menu } from 'react-admin';
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
      <Menu.Item to="/" primaryText={overview} leftIcon={<Dashboard />} />
      {capabilities
        .flatMap(({ menu }) => menu)
        .filter(({ permission }) => may(permission))
        .map(({ path, label, icon: Icon }) => (
          <Menu.Item key={path} to={path} primaryText={label[language]} leftIcon={<Icon />} />
        ))}
    </Menu>
  );
}

import { Box, Card, CardActionArea, Skeleton, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-admin';
import type { Tile } from './capability.ts';
import { useDesk, useMay } from './desk-context.ts';
import { Page } from './page.tsx';
import { NoteState } from './states.tsx';
import { shellTexts } from './text/texts.ts';
import { useFormat, useLanguage, useText } from './use-text.ts';

const refetchMs = 60_000;

/** What waits for somebody, as figures that open their list. Only what the person may open is counted. */
export function Dashboard() {
  const { capabilities } = useDesk();
  const { dashboard } = useText(shellTexts);
  const may = useMay();
  const tiles = capabilities.flatMap(({ tiles = [] }) => tiles).filter(({ permission }) => may(permission));
  return (
    <Page title={dashboard.title} isBare>
      {tiles.length === 0 ? (
        <NoteState title={dashboard.title} text={dashboard.nothing} />
      ) : (
        <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: 'repeat(auto-fill, minmax(220px, 1fr))' }}>
          {tiles.map((tile) => (
            <TileCard key={tile.name} tile={tile} />
          ))}
        </Box>
      )}
    </Page>
  );
}

function TileCard({ tile }: { readonly tile: Tile }) {
  const { api, now } = useDesk();
  const { dashboard } = useText(shellTexts);
  const language = useLanguage();
  const format = useFormat();
  const { data, error, dataUpdatedAt } = useQuery({
    queryKey: ['tile', tile.name],
    queryFn: () => tile.count(api, now()),
    refetchInterval: refetchMs,
    retry: false,
  });
  const figure = data === undefined ? undefined : `${format.count(data.value)}${data.isMore ? '+' : ''}`;
  return (
    <Card variant="outlined">
      <CardActionArea component={Link} to={tile.path(now())} data-row sx={{ p: 2, height: '100%' }}>
        <Typography variant="body2" color="textSecondary">
          {tile.label[language]}
        </Typography>
        <Typography sx={{ fontSize: '2rem', fontWeight: 650, lineHeight: 1.3 }}>
          {error === null ? (figure ?? <Skeleton width={64} />) : '—'}
        </Typography>
        <Typography variant="body2" color="textSecondary">
          {error === null ? dataUpdatedAt > 0 && dashboard.updated(format.clock(dataUpdatedAt)) : dashboard.failed}
        </Typography>
      </CardActionArea>
    </Card>
  );
}

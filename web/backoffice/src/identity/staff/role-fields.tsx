import { Checkbox, FormControl, FormControlLabel, FormGroup, FormLabel, Typography } from '@mui/material';
import { type StaffRole, staffRoles } from '#shared/platform/permissions.ts';
import { shellTexts } from '../../shell/text/texts.ts';
import { useText } from '../../shell/use-text.ts';
import { staffTexts } from './text.ts';

interface RoleFieldsProps {
  readonly roles: readonly StaffRole[];
  readonly onChange: (roles: StaffRole[]) => void;
}

/** Roles by what they may do; somebody may have several. */
export function RoleFields({ roles, onChange }: RoleFieldsProps) {
  const { roles: names } = useText(shellTexts);
  const text = useText(staffTexts);
  const toggle = (role: StaffRole): void =>
    onChange(staffRoles.filter((each) => (each === role ? !roles.includes(each) : roles.includes(each))));
  return (
    <FormControl component="fieldset">
      <FormLabel component="legend">{text.roles}</FormLabel>
      <FormGroup>
        {staffRoles.map((role) => (
          <FormControlLabel
            key={role}
            control={<Checkbox checked={roles.includes(role)} onChange={() => toggle(role)} />}
            label={
              <>
                {names[role]}
                <Typography component="span" variant="body2" color="textSecondary" sx={{ display: 'block' }}>
                  {text.roleHints[role]}
                </Typography>
              </>
            }
          />
        ))}
      </FormGroup>
    </FormControl>
  );
}

import { useState } from 'react';
import { type Api, answer } from '../../shell/api/client.ts';
import { DecisionDialog, isReason, ReasonField } from '../../shell/decision-dialog.tsx';
import { useApi } from '../../shell/desk-context.ts';
import { useText } from '../../shell/use-text.ts';
import { RoleFields } from './role-fields.tsx';
import type { Staff } from './staff-source.ts';
import { staffTexts } from './text.ts';

export type StaffDecision = 'roles' | 'disable' | 'enable' | 'reset';

interface StaffDecisionDialogProps {
  readonly staff: Staff;
  readonly decision: StaffDecision;
  readonly close: () => void;
}

/** A decision about somebody of the staff, with its reason. */
export function StaffDecisionDialog({ staff, decision, close }: StaffDecisionDialogProps) {
  const api = useApi();
  const text = useText(staffTexts);
  const [reason, setReason] = useState('');
  const [roles, setRoles] = useState(staff.roles);
  const wordings = {
    roles: { title: text.rolesTitle(staff.name), explanation: text.rolesText, confirm: text.rolesConfirm, done: text.rolesDone },
    disable: { title: text.disableTitle(staff.name), explanation: text.disableText, confirm: text.disable, done: text.disabled },
    enable: { title: text.enableTitle(staff.name), confirm: text.enable, done: text.enabled },
    reset: { title: text.resetTitle(staff.name), explanation: text.resetText, confirm: text.reset, done: text.resetDone },
  } as const;
  return (
    <DecisionDialog
      {...wordings[decision]}
      isDangerous={decision === 'disable' || decision === 'reset'}
      isReady={isReason(reason) && (decision !== 'roles' || roles.length > 0)}
      decide={() => send(api, staff.id, { decision, reason: reason.trim(), roles })}
      close={close}
    >
      {decision === 'roles' ? <RoleFields roles={roles} onChange={setRoles} /> : null}
      <ReasonField value={reason} onChange={setReason} />
    </DecisionDialog>
  );
}

interface Decided {
  readonly decision: StaffDecision;
  readonly reason: string;
  readonly roles: Staff['roles'];
}

function send(api: Api, staffId: string, { decision, reason, roles }: Decided): Promise<unknown> {
  const params = { path: { staffId } };
  if (decision === 'roles') return answer(api.PUT('/api/admin/staff/{staffId}/roles', { params, body: { roles, reason } }));
  if (decision === 'reset') return answer(api.POST('/api/admin/staff/{staffId}/second-factor/reset', { params, body: { reason } }));
  const to = decision === 'disable' ? 'disabled' : 'active';
  return answer(api.POST('/api/admin/staff/{staffId}/status', { params, body: { to, reason } }));
}

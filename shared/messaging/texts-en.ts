import { instantWriter, type Text, type Texts } from './texts.ts';

const written = instantWriter('en-GB');

const ignore = 'If you did not ask for it, ignore this message. Give this code to nobody, not even to us.';
const notYou = 'If that was not you, reset your password at once and write to us.';

/** A code, what it is for, and for how long. */
function codeText(purpose: string, { code, minutes }: { readonly code: string; readonly minutes: number }): Text {
  return {
    subject: `${code} is your XM code`,
    paragraphs: [`Your code to ${purpose}:`, { code }, `It is valid for ${minutes} minutes and works once.`, ignore],
    short: `XM: ${code} is your code to ${purpose}. Valid for ${minutes} minutes. Give it to nobody.`,
  };
}

export const textsEn: Texts = {
  'sign-up-code': (values) => codeText('sign up', values),
  'sign-up-existing': () => ({
    subject: 'You already have an XM account',
    paragraphs: [
      'Somebody tried to sign up for XM with this address, but it has an account already.',
      'If that was you, sign in. If you forgot the password, reset it on the sign-in page.',
      'If it was not you, there is nothing to do.',
    ],
    short: 'XM: You already have an account. Sign in, or reset the password on the sign-in page.',
  }),
  'sign-in-code': (values) => codeText('sign in', values),
  'password-code': (values) => codeText('reset the password', values),
  'proof-code': (values) => codeText('confirm that it is you', values),
  'identifier-code': (values) => codeText('use this address or number', values),
  'identifier-changed': ({ kind, at }) => {
    const what = kind === 'email' ? 'e-mail address' : 'phone number';
    return {
      subject: `The ${what} of your XM account has changed`,
      paragraphs: [`The ${what} of your XM account was changed on ${written(at)}.`, notYou],
      short: `XM: The ${what} of your account was changed on ${written(at)}. Not you? Write to us.`,
    };
  },
  'password-changed': ({ at }) => ({
    subject: 'Your XM password has changed',
    paragraphs: [`The password of your XM account was changed on ${written(at)}. All other devices were signed out.`, notYou],
    short: `XM: Your password was changed on ${written(at)}. Not you? Write to us.`,
  }),
  'second-factor-changed': ({ isOn, at }) => {
    const what = isOn ? 'on' : 'off';
    return {
      subject: `Two-step verification of XM is ${what}`,
      paragraphs: [`Two-step verification of your XM account was switched ${what} on ${written(at)}.`, notYou],
      short: `XM: Two-step verification was switched ${what} on ${written(at)}. Not you? Write to us.`,
    };
  },
  'new-sign-in': ({ device, address, at }) => ({
    subject: 'New sign-in to your XM account',
    paragraphs: [`Your XM account was opened on ${written(at)}.`, `Device: ${device}. Network address: ${address}.`, notYou],
    short: `XM: Your account was opened on ${written(at)}. Not you? Write to us.`,
  }),
  'staff-invitation': ({ link, invitedBy, hours }) => ({
    subject: 'Invitation to the XM backoffice',
    paragraphs: [
      `${invitedBy} invites you to the XM backoffice.`,
      { link, label: 'Accept the invitation' },
      `The link is valid for ${hours} hours. Have an authenticator app ready.`,
    ],
    short: 'XM: You are invited to the backoffice. See your e-mail.',
  }),
  'staff-password-reset': ({ link, minutes }) => ({
    subject: 'Reset your XM backoffice password',
    paragraphs: [
      'Somebody asked for a new password for your backoffice account.',
      { link, label: 'Reset the password' },
      `The link is valid for ${minutes} minutes. If you did not ask for it, ignore this message.`,
    ],
    short: 'XM: A link for your backoffice password was sent to your e-mail address.',
  }),
  'staff-second-factor-reset': ({ link, hours }) => ({
    subject: 'Set up your XM backoffice authenticator again',
    paragraphs: [
      'The authenticator app of your backoffice account was removed, and all sessions were ended.',
      { link, label: 'Set up a new authenticator' },
      `The link is valid for ${hours} hours. If you did not ask for it, write to an owner of the system.`,
    ],
    short: 'XM: Your backoffice authenticator was removed. See your e-mail.',
  }),
  'account-deletion': ({ at }) => ({
    subject: 'Your XM account will be erased',
    paragraphs: [
      `As you asked, your XM account will be erased on ${written(at)}.`,
      'Until then you can change your mind: sign in and cancel the deletion.',
    ],
    short: `XM: Your account will be erased on ${written(at)}. Sign in to cancel.`,
  }),
  'membership-sanctioned': ({ status, reason, until }) => {
    const end = until === '' ? 'without an end' : `until ${written(until)}`;
    return {
      subject: `Your XM account has been ${status}`,
      paragraphs: [`Your XM account has been ${status} ${end}.`, `Reason: ${reason}`, 'If you think that is a mistake, write to us.'],
      short: `XM: Your account has been ${status} ${end}. Write to us if that is a mistake.`,
    };
  },
  'log-alert': ({ headline, facts, link }) => ({
    subject: `XM logs: ${headline}`,
    paragraphs: [headline, ...facts, { link, label: 'Open these errors in the backoffice' }],
    short: `XM logs: ${headline}`,
  }),
};

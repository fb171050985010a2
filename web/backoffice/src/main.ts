import { capabilities } from './capabilities.ts';
import { SignInPage } from './identity/account/sign-in-page.tsx';
import { start } from './shell/start.tsx';

start(document.body.appendChild(document.createElement('div')), { capabilities, signInPage: SignInPage });

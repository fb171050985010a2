/**
 * Made of the routes by infra/api-types.ts; a test renews it: `npx vitest run openapi --update`.
 */

export interface paths {
  '/api/xm/auth/sign-up': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** Sends a code to the address or number of a new member */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** Name by which members find each other; unique whatever its case. */
            handle: string;

            /** E-mail address. */
            email?: string;

            /** Indonesian mobile number; E.164 in answers. */
            phone?: string;

            /** Any characters. Passwords known from breaches are refused. */
            password?: string;
            displayName?: string;

            /** Language of messages and pages. */
            locale?: 'id' | 'en';
          };
        };
      };
      responses: {
        202: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['Challenge'] } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        409: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/xm/auth/sign-up/verify': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** Makes the member and signs in */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            challengeId: string;

            /** The code that was sent. */
            code: string;
          };
        };
      };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['MemberTokens'] } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        409: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/xm/auth/sign-in': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** Signs in by password */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** E-mail address, phone number or handle. */
            identifier: string;
            password: string;
          };
        };
      };
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: { 'application/json': components['schemas']['MemberTokens'] | components['schemas']['SecondFactorNeeded'] };
        };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/xm/auth/codes': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** Sends a code to sign in by */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** E-mail address, phone number or handle. */
            identifier: string;
          };
        };
      };
      responses: {
        202: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['Challenge'] } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/xm/auth/sign-in/code': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** Signs in by a code that was sent */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            challengeId: string;

            /** The code that was sent. */
            code: string;
          };
        };
      };
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: { 'application/json': components['schemas']['MemberTokens'] | components['schemas']['SecondFactorNeeded'] };
        };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/xm/auth/sign-in/second-factor': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** Completes a sign-in with a code of the authenticator app, or a recovery code */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': { ticket: string; code: string } } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['MemberTokens'] } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/xm/auth/refresh': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** Exchanges the refresh token for a new pair */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': { refreshToken: string } } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['MemberTokens'] } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/xm/auth/sign-out': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** Ends the session of a refresh token */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': { refreshToken: string } } };
      responses: {
        204: { headers: { [name: string]: unknown }; content?: never };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/xm/auth/password/forgot': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** Sends a code to set a new password by */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** E-mail address, phone number or handle. */
            identifier: string;
          };
        };
      };
      responses: {
        202: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['Challenge'] } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/xm/auth/password/reset': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** Sets a new password and ends all sessions */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            challengeId: string;

            /** The code that was sent. */
            code: string;

            /** Any characters. Passwords known from breaches are refused. */
            password: string;
          };
        };
      };
      responses: {
        204: { headers: { [name: string]: unknown }; content?: never };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/.well-known/jwks.json': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** The public keys that access tokens are signed with */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: { 'application/json': { keys: { kid: string; kty: string; alg: string; use: 'sig' }[] } };
        };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/xm/me': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** The own account */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['Account'] } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;

    /** Changes handle, name or language */
    patch: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** Name by which members find each other; unique whatever its case. */
            handle?: string;
            displayName?: string;

            /** Language of messages and pages. */
            locale?: 'id' | 'en';
          };
        };
      };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['Account'] } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        409: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    trace?: never;
  };
  '/api/xm/me/codes': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** Sends a code that proves it is still the member */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        202: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['Challenge'] } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/xm/me/password': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** Sets a password and ends all other sessions */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            password?: string;
            challengeId?: string;
            code?: string;

            /** Any characters. Passwords known from breaches are refused. */
            newPassword: string;
          };
        };
      };
      responses: {
        204: { headers: { [name: string]: unknown }; content?: never };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/xm/me/identifiers': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** Sends a code to a new e-mail address or phone number */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** E-mail address. */
            email?: string;

            /** Indonesian mobile number; E.164 in answers. */
            phone?: string;
            password?: string;
            challengeId?: string;
            code?: string;
          };
        };
      };
      responses: {
        202: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['Challenge'] } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/xm/me/identifiers/verify': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** Takes the new address or number; the former one is told */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': { challengeId: string; code: string } } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['Account'] } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        409: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/xm/me/sessions': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** Where the member is signed in */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': { sessions: components['schemas']['Session'][] } } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    put?: never;
    post?: never;

    /** Signs out everywhere */
    delete: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        204: { headers: { [name: string]: unknown }; content?: never };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/xm/me/sessions/{sessionId}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    post?: never;

    /** Signs out one session */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Id of a session. */
          sessionId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        204: { headers: { [name: string]: unknown }; content?: never };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/xm/me/second-factor': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** Begins to set up an authenticator app */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': { password?: string; challengeId?: string; code?: string } } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['TotpEnrolment'] } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        409: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/xm/me/second-factor/confirm': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** Asks for the second factor from now on */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': { code: string } } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['RecoveryCodes'] } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        409: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/xm/me/second-factor/remove': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** Asks for no second factor any more */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** A code of the authenticator app, or a recovery code. */
            code: string;
          };
        };
      };
      responses: {
        204: { headers: { [name: string]: unknown }; content?: never };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/xm/me/second-factor/recovery-codes': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** Replaces the recovery codes */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** A code of the authenticator app, or a recovery code. */
            code: string;
          };
        };
      };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['RecoveryCodes'] } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/xm/me/kyc': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** Gives the data of the identity card, to become a verified member */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** Nomor Induk Kependudukan, as on the identity card. */
            nik: string;
            fullName: string;
            birthDate: string;
            address: string;
          };
        };
      };
      responses: {
        202: {
          headers: { [name: string]: unknown };
          content: { 'application/json': { state: 'none' | 'submitted' | 'approved' | 'rejected' } };
        };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        409: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/xm/me/export': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** All data of the account, as a file to download */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': { password?: string; challengeId?: string; code?: string } } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': { url: string; expiresAt: string } } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/xm/me/deletion': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** Has the account erased after a time of grace; the data must have been exported in the week before */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': { password?: string; challengeId?: string; code?: string } } };
      responses: {
        202: { headers: { [name: string]: unknown }; content: { 'application/json': { deletionAt: string } } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        409: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };

    /** Keeps the account after all */
    delete: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['Account'] } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/admin/auth/sign-in': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** First step of a staff sign-in: the password */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': { email: string; password: string } } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['SecondFactorNeeded'] } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/admin/auth/second-factor': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** Second step: a code of the authenticator app, or a recovery code */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            ticket: string;

            /** A code of the authenticator app, or a recovery code. */
            code: string;
          };
        };
      };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['DeskSession'] } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/admin/auth/refresh': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** A new access token for the session in the cookie */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['DeskSession'] } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/admin/auth/sign-out': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** Ends the session in the cookie */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        204: { headers: { [name: string]: unknown }; content?: never };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/admin/auth/step-up': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** A fresh second factor, for decisions */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** A code of the authenticator app. */
            code: string;
          };
        };
      };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['DeskSession'] } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/admin/auth/password/forgot': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** Sends a link to set a new password by */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': { email: string } } };
      responses: {
        202: { headers: { [name: string]: unknown }; content: { 'application/json': { expiresAt: string } } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/admin/auth/password/reset': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** Sets a new password, with the link and the second factor, and ends all sessions */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            token: string;

            /** A code of the authenticator app, or a recovery code. */
            code: string;

            /** Any characters. Passwords known from breaches are refused. */
            password: string;
          };
        };
      };
      responses: {
        204: { headers: { [name: string]: unknown }; content?: never };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/admin/auth/invitations/read': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** What an invitation invites to */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** From the link of the invitation. */
            token: string;
          };
        };
      };
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              email: string;
              roles: ('owner' | 'finance' | 'support' | 'merchandiser' | 'ops' | 'auditor')[];
              invitedByName: string;
              expiresAt: string;
            };
          };
        };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        409: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/admin/auth/invitations/accept': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** Name and password of the new staff account; the authenticator app comes next */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** From the link of the invitation. */
            token: string;
            name: string;

            /** Any characters. Passwords known from breaches are refused. */
            password: string;

            /** Language of messages and pages. */
            locale?: 'id' | 'en';
          };
        };
      };
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Base32, to type into an authenticator app. */
              secret: string;

              /** `otpauth://totp/…`, to show as a QR code. */
              uri: string;
              next: 'enrol';
              ticket: string;
            };
          };
        };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        409: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/admin/auth/enrolments': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** Begins to set up a new authenticator app, with the link of a second factor that was reset and the password */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': { token: string; password: string } } };
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Base32, to type into an authenticator app. */
              secret: string;

              /** `otpauth://totp/…`, to show as a QR code. */
              uri: string;
              next: 'enrol';
              ticket: string;
            };
          };
        };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/admin/auth/enrol': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** Takes the authenticator app, makes the account of an accepted invitation, and signs in */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            ticket: string;

            /** A code of the authenticator app. */
            code: string;
          };
        };
      };
      responses: {
        201: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              next: 'done';
              accessToken: string;
              tokenType: 'Bearer';
              expiresInSeconds: number;

              /** When the second factor was given last; five minutes of it open decisions. */
              secondFactorAt: string;
              staff: {
                /** Id of a staff account. */
                id: string;
                email: string;
                name: string;
                roles: ('owner' | 'finance' | 'support' | 'merchandiser' | 'ops' | 'auditor')[];

                /** Language of messages and pages. */
                locale: 'id' | 'en';
                recoveryCodesLeft: number;
              };

              /** Each good once. They are shown this one time. */
              recoveryCodes: string[];
            };
          };
        };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        409: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/admin/me': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** The own staff account */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Id of a staff account. */
              id: string;
              email: string;
              name: string;
              roles: ('owner' | 'finance' | 'support' | 'merchandiser' | 'ops' | 'auditor')[];

              /** Language of messages and pages. */
              locale: 'id' | 'en';
              recoveryCodesLeft: number;
            };
          };
        };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;

    /** Changes name or language */
    patch: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            name?: string;

            /** Language of messages and pages. */
            locale?: 'id' | 'en';
          };
        };
      };
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Id of a staff account. */
              id: string;
              email: string;
              name: string;
              roles: ('owner' | 'finance' | 'support' | 'merchandiser' | 'ops' | 'auditor')[];

              /** Language of messages and pages. */
              locale: 'id' | 'en';
              recoveryCodesLeft: number;
            };
          };
        };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    trace?: never;
  };
  '/api/admin/me/password': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** Sets a new password and ends all other sessions */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            password: string;

            /** Any characters. Passwords known from breaches are refused. */
            newPassword: string;
          };
        };
      };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['DeskSession'] } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/admin/me/recovery-codes': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** Replaces the recovery codes */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['RecoveryCodes'] } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/admin/me/sessions': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** Where one is signed in */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': { sessions: components['schemas']['Session'][] } } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    put?: never;
    post?: never;

    /** Signs out everywhere */
    delete: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        204: { headers: { [name: string]: unknown }; content?: never };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/admin/me/sessions/{sessionId}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    post?: never;

    /** Signs out one session */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Id of a session. */
          sessionId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        204: { headers: { [name: string]: unknown }; content?: never };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/admin/members': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** Members, newest first */
    get: {
      parameters: {
        query?: {
          status?: 'basic' | 'verified' | 'premium' | 'suspended' | 'banned' | 'deleted';

          /** Beginning of a handle; or a whole id, e-mail address or phone number. */
          q?: string;

          /** First day of joining, in Asia/Jakarta. */
          createdFrom?: string;

          /** Last day of joining, in Asia/Jakarta. */
          createdTo?: string;

          /** Members whose data wait for a decision. */
          kyc?: 'submitted';

          /** Entries of a page, at most 200. */
          limit?: number;

          /** `nextCursor` of the page before, unchanged. */
          cursor?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              members: components['schemas']['Member'][];

              /** For the next page; null behind the last. */
              nextCursor: string | null;
            };
          };
        };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/admin/members/{memberId}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** A member */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Id of a member. */
          memberId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['MemberDetail'] } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/admin/members/{memberId}/status': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** Moves a member to another membership status */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Id of a member. */
          memberId: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            to: 'basic' | 'verified' | 'premium' | 'suspended' | 'banned';

            /** Why; kept in the audit log. */
            reason: string;

            /** When it ends by itself; suspensions, bans and premium only. */
            until?: string;

            /** What the decision was made on; another one meanwhile is refused. */
            from: 'basic' | 'verified' | 'premium' | 'suspended' | 'banned' | 'deleted';
          };
        };
      };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['MemberDetail'] } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        409: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/admin/members/{memberId}/sessions': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** Where a member is signed in */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Id of a member. */
          memberId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': { sessions: components['schemas']['Session'][] } } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    put?: never;
    post?: never;

    /** Signs a member out everywhere */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Id of a member. */
          memberId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        204: { headers: { [name: string]: unknown }; content?: never };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/admin/members/{memberId}/sessions/{sessionId}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    post?: never;

    /** Signs a member out of one session */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Id of a member. */
          memberId: string;

          /** Id of a session. */
          sessionId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        204: { headers: { [name: string]: unknown }; content?: never };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/admin/members/{memberId}/notes': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** What staff noted about a member, newest first */
    get: {
      parameters: {
        query?: {
          /** Entries of a page, at most 200. */
          limit?: number;

          /** `nextCursor` of the page before, unchanged. */
          cursor?: string;
        };
        header?: never;
        path: {
          /** Id of a member. */
          memberId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              notes: components['schemas']['MemberNote'][];

              /** For the next page; null behind the last. */
              nextCursor: string | null;
            };
          };
        };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    put?: never;

    /** Notes something about a member */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Id of a member. */
          memberId: string;
        };
        cookie?: never;
      };
      requestBody: { content: { 'application/json': { text: string } } };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['MemberNote'] } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/admin/members/{memberId}/kyc': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** The identity card data of a member; each look is kept in the audit log */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Id of a member. */
          memberId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['Kyc'] } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/admin/members/{memberId}/kyc/decision': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** Approves or rejects the data; approval verifies the member */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Id of a member. */
          memberId: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            decision: 'approved' | 'rejected';

            /** Why; kept in the audit log. */
            reason: string;
          };
        };
      };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['MemberDetail'] } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        409: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/admin/staff': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** Staff accounts, newest first */
    get: {
      parameters: {
        query?: {
          status?: 'active' | 'disabled';

          /** Entries of a page, at most 200. */
          limit?: number;

          /** `nextCursor` of the page before, unchanged. */
          cursor?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              staff: components['schemas']['Staff'][];

              /** For the next page; null behind the last. */
              nextCursor: string | null;
            };
          };
        };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/admin/staff/{staffId}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** A staff account and its sessions */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Id of a staff account. */
          staffId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Id of a staff account. */
              id: string;
              email: string;
              name: string;
              roles: ('owner' | 'finance' | 'support' | 'merchandiser' | 'ops' | 'auditor')[];
              status: 'active' | 'disabled';
              createdAt: string;
              lastSeenAt: string | null;
              sessions: components['schemas']['Session'][];
            };
          };
        };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/admin/staff/{staffId}/roles': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;

    /** Gives a staff account other roles */
    put: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Id of a staff account. */
          staffId: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            roles: ('owner' | 'finance' | 'support' | 'merchandiser' | 'ops' | 'auditor')[];

            /** Why; kept in the audit log. */
            reason: string;
          };
        };
      };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['Staff'] } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        409: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/admin/staff/{staffId}/status': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** Disables or enables a staff account */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Id of a staff account. */
          staffId: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            to: 'active' | 'disabled';

            /** Why; kept in the audit log. */
            reason: string;
          };
        };
      };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['Staff'] } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        409: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/admin/staff/{staffId}/second-factor/reset': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** Sends a link to set up a new authenticator app, and ends all sessions */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Id of a staff account. */
          staffId: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            /** Why; kept in the audit log. */
            reason: string;
          };
        };
      };
      responses: {
        202: { headers: { [name: string]: unknown }; content: { 'application/json': { expiresAt: string } } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        409: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/admin/staff/{staffId}/sessions': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    post?: never;

    /** Signs a person of the staff out everywhere */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Id of a staff account. */
          staffId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        204: { headers: { [name: string]: unknown }; content?: never };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/admin/staff/invitations': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** Invitations, newest first */
    get: {
      parameters: {
        query?: {
          /** Entries of a page, at most 200. */
          limit?: number;

          /** `nextCursor` of the page before, unchanged. */
          cursor?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              invitations: components['schemas']['Invitation'][];

              /** For the next page; null behind the last. */
              nextCursor: string | null;
            };
          };
        };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    put?: never;

    /** Invites somebody to the staff, by e-mail */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** E-mail address. */
            email: string;
            roles: ('owner' | 'finance' | 'support' | 'merchandiser' | 'ops' | 'auditor')[];
          };
        };
      };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['Invitation'] } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        409: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/admin/staff/invitations/{invitationId}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    post?: never;

    /** Makes an open invitation void */
    delete: {
      parameters: { query?: never; header?: never; path: { invitationId: string }; cookie?: never };
      requestBody?: never;
      responses: {
        204: { headers: { [name: string]: unknown }; content?: never };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        409: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/admin/audit': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** What was done, newest first */
    get: {
      parameters: {
        query?: {
          actor?: string;
          subject?: string;

          /** A whole action, or its beginning up to a dot: `member.` */
          action?: string;

          /** First day, in Asia/Jakarta. */
          from?: string;

          /** Last day, in Asia/Jakarta. */
          to?: string;

          /** Entries of a page, at most 200. */
          limit?: number;

          /** `nextCursor` of the page before, unchanged. */
          cursor?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              records: components['schemas']['AuditRecord'][];
              nextCursor: string | null;

              /** True when the search stopped before the page was full, to stay within its bounds; the cursor goes on from there. */
              partial: boolean;
            };
          };
        };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/admin/audit/streams/{stream}/chain': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** Whether the chain of a stream is whole */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** URL-encoded: `member:123456789012345678`. */
          stream: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** `partial`: whole as far as it was looked at, which is the newest 1,000 records. */
              state: 'whole' | 'broken' | 'partial';
              records: number;

              /** Id of the first record that does not fit. */
              brokenAt: string | null;
            };
          };
        };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/admin/logs/files': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** Log files, newest first */
    get: {
      parameters: {
        query?: {
          status?: 'planned' | 'scanning' | 'done' | 'failed';

          /** Entries of a page, at most 200. */
          limit?: number;

          /** `nextCursor` of the page before, unchanged. */
          cursor?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              files: components['schemas']['LogFile'][];

              /** For the next page; null behind the last. */
              nextCursor: string | null;
            };
          };
        };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/admin/logs/files/{fileId}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** A log file with its progress and the ranges that failed */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Id of a log file. */
          fileId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['LogFileDetail'] } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/admin/logs/files/{fileId}/errors': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** Errors of a log file, in the order of the file */
    get: {
      parameters: {
        query?: {
          /** Entries of a page, at most 200. */
          limit?: number;

          /** `nextCursor` of the page before, unchanged. */
          cursor?: string;
        };
        header?: never;
        path: {
          /** Id of a log file. */
          fileId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              errors: components['schemas']['LogError'][];

              /** For the next page; null behind the last. */
              nextCursor: string | null;

              /** True when the search stopped before the page was full, to stay within its bounds; the cursor goes on from there. */
              partial: boolean;
            };
          };
        };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/admin/logs/errors': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** Errors of all log files, newest first */
    get: {
      parameters: {
        query?: {
          /** Id of a log file. */
          file?: string;
          level?: 'error' | 'fatal';

          /** Errors at or after this instant. An error without a time counts at its upload. */
          from?: string;

          /** Errors at or before this instant. */
          to?: string;

          /** Errors whose message, stack or logger contains this, in any case. */
          text?: string;

          /** Entries of a page, at most 200. */
          limit?: number;

          /** `nextCursor` of the page before, unchanged. */
          cursor?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              errors: components['schemas']['LogError'][];

              /** For the next page; null behind the last. */
              nextCursor: string | null;

              /** True when the search stopped before the page was full, to stay within its bounds; the cursor goes on from there. */
              partial: boolean;
            };
          };
        };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/admin/logs/errors/{errorId}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** An error with its whole message and stack */
    get: {
      parameters: { query?: never; header?: never; path: { errorId: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['LogError'] } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/admin/logs/errors/{errorId}/context': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** The lines around an error, from the original file */
    get: {
      parameters: {
        query?: {
          /** Lines before and after, each. */
          lines?: number;
        };
        header?: never;
        path: { errorId: string };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['LogErrorContext'] } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        409: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/admin/logs/uploads': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** A URL to upload a log file to */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** Name of the file; becomes the end of its key. */
            name: string;

            /** Its exact size, if the URL shall take no other. Larger files go up in parts, with an S3 client. */
            bytes?: number;
          };
        };
      };
      responses: {
        201: {
          headers: { [name: string]: unknown };
          content: { 'application/json': { url: string; method: 'PUT'; bucket: string; key: string; expiresAt: string } };
        };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export interface components {
  schemas: {
    Challenge: {
      /** Give it back with the code. */
      challengeId: string;
      expiresAt: string;

      /** From then on another code can be asked for. */
      resendAt: string;
    };

    /** RFC 9457 problem details. */
    Problem: {
      type: 'about:blank';
      title: string;
      status: number;

      /** Stable; docs/faults.md lists them. */
      code: string;
      detail: string;
      errors?: { pointer: string; detail: string }[];
      requestId: string;
    };
    MemberTokens: {
      next: 'done';
      accessToken: string;
      tokenType: 'Bearer';
      expiresInSeconds: number;

      /** Good for one refresh. Using it twice ends the session. */
      refreshToken: string;
      refreshExpiresAt: string;
      account: components['schemas']['Account'];
    };
    Account: {
      /** Id of a member. */
      id: string;

      /** Name by which members find each other; unique whatever its case. */
      handle: string;
      displayName: string;
      email: string | null;
      phone: string | null;
      status: 'basic' | 'verified' | 'premium' | 'suspended' | 'banned' | 'deleted';
      statusReason: string | null;
      statusUntil: string | null;
      hasPassword: boolean;
      hasSecondFactor: boolean;

      /** Language of messages and pages. */
      locale: 'id' | 'en';
      createdAt: string;
      deletionAt: string | null;
    };
    SecondFactorNeeded: {
      next: 'second-factor';

      /** Give it back with the code, within five minutes. */
      ticket: string;
    };
    Session: {
      /** Id of a session. */
      id: string;
      createdAt: string;
      lastUsedAt: string;
      expiresAt: string;
      address: string;
      userAgent: string;

      /** True for the session that asks. */
      current: boolean;
    };
    TotpEnrolment: {
      /** Base32, to type into an authenticator app. */
      secret: string;

      /** `otpauth://totp/…`, to show as a QR code. */
      uri: string;
    };
    RecoveryCodes: {
      /** Each good once. They are shown this one time. */
      recoveryCodes: string[];
    };
    DeskSession: {
      next: 'done';
      accessToken: string;
      tokenType: 'Bearer';
      expiresInSeconds: number;

      /** When the second factor was given last; five minutes of it open decisions. */
      secondFactorAt: string;
      staff: {
        /** Id of a staff account. */
        id: string;
        email: string;
        name: string;
        roles: ('owner' | 'finance' | 'support' | 'merchandiser' | 'ops' | 'auditor')[];

        /** Language of messages and pages. */
        locale: 'id' | 'en';
        recoveryCodesLeft: number;
      };
    };
    Member: {
      /** Id of a member. */
      id: string;
      handle: string;
      displayName: string;
      email: string | null;
      phone: string | null;
      status: 'basic' | 'verified' | 'premium' | 'suspended' | 'banned' | 'deleted';
      statusReason: string | null;
      statusUntil: string | null;
      createdAt: string;
      lastSeenAt: string | null;
    };
    MemberDetail: {
      /** Id of a member. */
      id: string;
      handle: string;
      displayName: string;
      email: string | null;
      phone: string | null;
      status: 'basic' | 'verified' | 'premium' | 'suspended' | 'banned' | 'deleted';
      statusReason: string | null;
      statusUntil: string | null;
      createdAt: string;
      lastSeenAt: string | null;

      /** What the member is again when a suspension or ban ends. */
      statusBefore: ('basic' | 'verified' | 'premium' | 'suspended' | 'banned' | 'deleted') | null;
      moves: ('basic' | 'verified' | 'premium' | 'suspended' | 'banned' | 'deleted')[];
      hasPassword: boolean;
      hasSecondFactor: boolean;
      kyc: 'none' | 'submitted' | 'approved' | 'rejected';
      deletionAt: string | null;

      /** Language of messages and pages. */
      locale: 'id' | 'en';
    };
    MemberNote: { id: string; text: string; authorId: string; authorName: string; createdAt: string };
    Kyc: {
      state: 'none' | 'submitted' | 'approved' | 'rejected';
      data: {
        /** Nomor Induk Kependudukan, as on the identity card. */
        nik: string;
        fullName: string;
        birthDate: string;
        address: string;
      } | null;
      submittedAt: string | null;
      decidedBy: string | null;
      decidedAt: string | null;
      reason: string | null;
    };
    Staff: {
      /** Id of a staff account. */
      id: string;
      email: string;
      name: string;
      roles: ('owner' | 'finance' | 'support' | 'merchandiser' | 'ops' | 'auditor')[];
      status: 'active' | 'disabled';
      createdAt: string;
      lastSeenAt: string | null;
    };
    Invitation: {
      id: string;
      email: string;
      roles: ('owner' | 'finance' | 'support' | 'merchandiser' | 'ops' | 'auditor')[];
      invitedBy: string;
      invitedByName: string;
      createdAt: string;
      expiresAt: string;
      status: 'open' | 'accepted' | 'withdrawn' | 'expired';
    };
    AuditRecord: {
      /** Stream and number: `member:123456789012345678/7`. */
      id: string;
      at: string;
      action: string;
      actor: string;
      actorName: string | null;
      subject: string;
      address: string | null;
      userAgent: string | null;
      requestId: string | null;
      reason: string | null;
      before: Record<string, unknown> | null;
      after: Record<string, unknown> | null;
      hash: string;
    };
    LogFile: {
      /** Sorts by the time of the upload. */
      id: string;
      bucket: string;
      key: string;
      versionId: string | null;
      sizeBytes: number;
      uploadedAt: string;
      plannedAt: string;
      closedAt: string | null;
      status: 'planned' | 'scanning' | 'done' | 'failed';

      /** Of the first range that failed, or of the file where it has no ranges. */
      failure: {
        reason:
          | 'binary-content'
          | 'too-large'
          | 'deleted'
          | 'deleted-while-scanning'
          | 'changed-while-scanning'
          | 'corrupt-gzip'
          | 'corrupt-zstd'
          | 'time-limit'
          | 'scan-error'
          | 'worker-lost'
          | 'stalled';
        detail: string;
        offset: number | null;
      } | null;
      compression: 'none' | 'gzip' | 'zstd';
      encoding: 'utf-8' | 'utf-16le' | 'utf-16be';

      /** Final once the file is done; until then what its finished ranges found. */
      counts: {
        lines: number;

        /** Bytes scanned, after decompression. */
        bytes: number;
        records: number;
        byLevel: { error: number; fatal: number };
      };
      progress: { rangesDone: number; rangesTotal: number; bytesDone: number; bytesTotal: number };
    };
    LogFileDetail: {
      /** Sorts by the time of the upload. */
      id: string;
      bucket: string;
      key: string;
      versionId: string | null;
      sizeBytes: number;
      uploadedAt: string;
      plannedAt: string;
      closedAt: string | null;
      status: 'planned' | 'scanning' | 'done' | 'failed';

      /** Of the first range that failed, or of the file where it has no ranges. */
      failure: {
        reason:
          | 'binary-content'
          | 'too-large'
          | 'deleted'
          | 'deleted-while-scanning'
          | 'changed-while-scanning'
          | 'corrupt-gzip'
          | 'corrupt-zstd'
          | 'time-limit'
          | 'scan-error'
          | 'worker-lost'
          | 'stalled';
        detail: string;
        offset: number | null;
      } | null;
      compression: 'none' | 'gzip' | 'zstd';
      encoding: 'utf-8' | 'utf-16le' | 'utf-16be';

      /** Final once the file is done; until then what its finished ranges found. */
      counts: {
        lines: number;

        /** Bytes scanned, after decompression. */
        bytes: number;
        records: number;
        byLevel: { error: number; fatal: number };
      };
      progress: { rangesDone: number; rangesTotal: number; bytesDone: number; bytesTotal: number };
      ranges: {
        rangeBytes: number;
        failed: number;

        /** At most the first 20 ranges that failed. */
        failures: {
          reason:
            | 'binary-content'
            | 'too-large'
            | 'deleted'
            | 'deleted-while-scanning'
            | 'changed-while-scanning'
            | 'corrupt-gzip'
            | 'corrupt-zstd'
            | 'time-limit'
            | 'scan-error'
            | 'worker-lost'
            | 'stalled';
          detail: string;
          offset: number | null;
          range: number;
          start: number;
          end: number;
        }[];
      };
    };
    LogError: {
      id: string;
      file: { id: string; bucket: string; key: string; versionId: string | null };

      /** Byte offset of the record in the file, after decompression. */
      offset: number;

      /** Bytes up to and including its last line end. */
      length: number;

      /** Line number in the file; null until the lines before it are counted. */
      line: number | null;
      level: 'error' | 'fatal';
      time: string | null;

      /** What was not written: no zone was taken for UTC, no year for the latest that fits the upload. */
      timeAssumed: ('zone' | 'year' | 'date')[];
      logger: string | null;
      message: string;
      stack: string | null;

      /** True when the record went on past what is kept of one. */
      truncated: boolean;

      /** True when a list shows less of the message or the stack than the error itself does. */
      cut: boolean;
    };
    LogErrorContext: {
      errorId: string;
      fileId: string;
      before: {
        /** Line number in the file, where it is known. */
        line: number | null;
        text: string;

        /** True when the line is longer than what is shown of it. */
        cut: boolean;
      }[];
      record: {
        /** Line number in the file, where it is known. */
        line: number | null;
        text: string;

        /** True when the line is longer than what is shown of it. */
        cut: boolean;
      }[];
      after: {
        /** Line number in the file, where it is known. */
        line: number | null;
        text: string;

        /** True when the line is longer than what is shown of it. */
        cut: boolean;
      }[];
    };
  };
}

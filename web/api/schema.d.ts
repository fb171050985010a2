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
  '/api/xm/deposits': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** Own deposits, newest first */
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
              deposits: components['schemas']['Deposit'][];

              /** For the next page; null behind the last. */
              nextCursor: string | null;
              serverTime: string;
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

    /** Opens a deposit. Needs an `Idempotency-Key`: the same request under the same key gives the same answer, for ever */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** Whole rupiah. */
            amountRupiah: number;
            method:
              | 'qris'
              | 'va-bca'
              | 'va-bni'
              | 'va-bri'
              | 'va-mandiri'
              | 'va-permata'
              | 'va-cimb'
              | 'ewallet-gopay'
              | 'ewallet-ovo'
              | 'ewallet-dana'
              | 'ewallet-shopeepay'
              | 'manual-transfer';

            /** There is no other. */
            currency?: 'IDR';
          };
        };
      };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['DepositNow'] } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        409: {
          headers: { [name: string]: unknown };
          content: {
            'application/problem+json': components['schemas']['Problem'] & {
              /** With `deposits.over-limit`. `roomRupiah` is the most that may come in now; `limit` says what leaves no more: what the membership may own (`balance`), or what may come in within a month of Jakarta (`incoming`). */
              room?: { roomRupiah: number; limit: 'balance' | 'incoming' };
            };
          };
        };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        422: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
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
  '/api/xm/deposits/{depositId}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** One of the own deposits */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Id of a deposit. */
          depositId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['DepositNow'] } };
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
  '/api/xm/deposits/{depositId}/cancel': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** Cancels a deposit that waits for its payment; it may turn out to have been paid */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Id of a deposit. */
          depositId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['DepositNow'] } };
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
  '/api/xm/deposit-methods': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** Methods to pay by, with their limits, and what may come in now */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              methods: components['schemas']['DepositMethod'][];

              /** What may come in now, by the limits of the membership. */
              roomRupiah: number;
              serverTime: string;
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
  '/api/xm/balance': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** The own balance */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              /** Everything that is booked. */
              postedRupiah: number;

              /** Set aside for what is on its way out. */
              heldRupiah: number;

              /** What may be used; below zero only after a payment was taken back. */
              availableRupiah: number;
              serverTime: string;
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
  '/api/xm/deposit-links': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** A link that opens the hosted deposit page as the caller, for a day at most */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** Opens the page for this deposit, and for no other. */
            depositId?: string;
          };
        };
      };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { 'application/json': { url: string; expiresAt: string } } };
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
  '/api/admin/deposits': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** Deposits, newest first */
    get: {
      parameters: {
        query?: {
          /** By the clock, as members see it. */
          status?: 'creating' | 'pending' | 'paid' | 'paid_late' | 'expired' | 'cancelled' | 'failed' | 'reversed' | 'refunded';
          method?:
            | 'qris'
            | 'va-bca'
            | 'va-bni'
            | 'va-bri'
            | 'va-mandiri'
            | 'va-permata'
            | 'va-cimb'
            | 'ewallet-gopay'
            | 'ewallet-ovo'
            | 'ewallet-dana'
            | 'ewallet-shopeepay'
            | 'manual-transfer';
          memberId?: string;

          /** Deposits that wait for a decision, oldest first. */
          review?: 'open';

          /** Of what is to be paid. */
          amountMin?: number;
          amountMax?: number;

          /** First day, in Asia/Jakarta; 90 days before the last one without it. */
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
              deposits: components['schemas']['DeskDeposit'][];

              /** For the next page; null behind the last. */
              nextCursor: string | null;

              /** True when the search stopped before the page was full, to stay within its bounds; the cursor goes on from there. */
              partial: boolean;
              serverTime: string;
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
  '/api/admin/deposits/{depositId}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** A deposit with its payments, its timeline and what was booked */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Id of a deposit. */
          depositId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['DeskDepositDetail'] } };
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
  '/api/admin/deposits/{depositId}/refresh': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** Asks the gateway how it stands with the deposit, and does what follows */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Id of a deposit. */
          depositId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['DeskDepositDetail'] } };
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
  '/api/admin/deposits/{depositId}/confirm': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** Confirms that a transfer has come to our account */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Id of a deposit. */
          depositId: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            /** The transfer's reference on the bank statement: it is confirmed once, for one deposit. */
            bankReference: string;

            /** What came in. */
            amountRupiah: number;

            /** When, by the statement; now without it. */
            receivedAt?: string;

            /** Why; kept in the audit log. */
            reason: string;

            /** Of the deposit that was decided on; another one meanwhile is refused. */
            version: number;
          };
        };
      };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['DeskDepositDetail'] } };
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
  '/api/admin/deposits/{depositId}/resolve': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** Decides about money that came otherwise than asked for: the member gets it, or it goes back */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Id of a deposit. */
          depositId: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            paymentId: string;
            decision: 'credit' | 'refund';

            /** Why; kept in the audit log. */
            reason: string;

            /** Of the deposit that was decided on; another one meanwhile is refused. */
            version: number;
          };
        };
      };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['DeskDepositDetail'] } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        409: {
          headers: { [name: string]: unknown };
          content: {
            'application/problem+json': components['schemas']['Problem'] & {
              /** With `deposits.over-limit`. `roomRupiah` is the most that may come in now; `limit` says what leaves no more: what the membership may own (`balance`), or what may come in within a month of Jakarta (`incoming`). */
              room?: { roomRupiah: number; limit: 'balance' | 'incoming' };
            };
          };
        };
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
  '/api/admin/deposits/{depositId}/refund': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** Gives a payment back, or a part of it, the way it came */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Id of a deposit. */
          depositId: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            paymentId: string;

            /** Whole rupiah. */
            amountRupiah: number;

            /** Why; kept in the audit log. */
            reason: string;

            /** Of the deposit that was decided on; another one meanwhile is refused. */
            version: number;
          };
        };
      };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['DeskDepositDetail'] } };
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
  '/api/admin/deposits/{depositId}/reversal': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** Says which of several payments the gateway took back, where it does not tell itself */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Id of a deposit. */
          depositId: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            /** What is left of it is taken from whoever has it; null when none of them was. */
            paymentId: string | null;

            /** Why; kept in the audit log. */
            reason: string;

            /** Of the deposit that was decided on; another one meanwhile is refused. */
            version: number;
          };
        };
      };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['DeskDepositDetail'] } };
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
  '/api/pay/session': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** What the deposit page opens with: the time, the methods and their limits. The link is in `x-deposit-link`, as for all of /api/pay */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              serverTime: string;

              /** When the link ends. */
              expiresAt: string;

              /** Language of the member. */
              locale: 'id' | 'en';
              displayName: string;

              /** The one deposit that the link is for; null for all of them. */
              depositId: string | null;

              /** None when the link is for one deposit, or the membership takes no deposits. */
              methods: components['schemas']['DepositMethod'][];
              roomRupiah: number;
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
  '/api/pay/deposits': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** Deposits that the link is for, newest first */
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
              deposits: components['schemas']['Deposit'][];

              /** For the next page; null behind the last. */
              nextCursor: string | null;
              serverTime: string;
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

    /** Opens a deposit. Needs an `Idempotency-Key` */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** Whole rupiah. */
            amountRupiah: number;
            method:
              | 'qris'
              | 'va-bca'
              | 'va-bni'
              | 'va-bri'
              | 'va-mandiri'
              | 'va-permata'
              | 'va-cimb'
              | 'ewallet-gopay'
              | 'ewallet-ovo'
              | 'ewallet-dana'
              | 'ewallet-shopeepay'
              | 'manual-transfer';

            /** There is no other. */
            currency?: 'IDR';
          };
        };
      };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['DepositNow'] } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        409: {
          headers: { [name: string]: unknown };
          content: {
            'application/problem+json': components['schemas']['Problem'] & {
              /** With `deposits.over-limit`. `roomRupiah` is the most that may come in now; `limit` says what leaves no more: what the membership may own (`balance`), or what may come in within a month of Jakarta (`incoming`). */
              room?: { roomRupiah: number; limit: 'balance' | 'incoming' };
            };
          };
        };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        422: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
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
  '/api/pay/deposits/{depositId}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** A deposit that the link is for */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Id of a deposit. */
          depositId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['DepositNow'] } };
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
  '/api/pay/deposits/{depositId}/cancel': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** Cancels a deposit that waits for its payment */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Id of a deposit. */
          depositId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['DepositNow'] } };
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
  '/api/xm/withdrawal-terms': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** What may be withdrawn, and what it costs */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              amountRupiahMin: number;
              amountRupiahMax: number;

              /** Taken out of the amount. */
              feeRupiah: number;
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
  '/api/xm/withdrawals': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** Own withdrawals, newest first */
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
              withdrawals: components['schemas']['Withdrawal'][];

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

    /** Withdraws to a bank account. Needs an `Idempotency-Key`: the same request under the same key gives the same answer, for ever */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** Whole rupiah. */
            amountRupiah: number;

            /** Id of a bank account. */
            bankAccountId: string;
          };
        };
      };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['Withdrawal'] } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        409: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        422: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
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
  '/api/xm/withdrawals/{withdrawalId}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** One of the own withdrawals */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Id of a withdrawal. */
          withdrawalId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['Withdrawal'] } };
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
  '/api/xm/withdrawals/{withdrawalId}/cancel': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** Takes back a withdrawal that nobody has decided about */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Id of a withdrawal. */
          withdrawalId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['Withdrawal'] } };
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
  '/api/xm/bank-accounts': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** Bank accounts that withdrawals may go to, oldest first */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: { 'application/json': { bankAccounts: components['schemas']['BankAccount'][] } };
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

    /** Keeps a bank account, after asking the bank whose it is; one that is kept already is answered as it is */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            bank: 'bca' | 'bni' | 'bri' | 'mandiri' | 'permata' | 'cimb';
            accountNumber: string;

            /** The holder, as the bank writes it. */
            accountName: string;
          };
        };
      };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['BankAccount'] } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        409: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        422: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
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
  '/api/xm/bank-accounts/{bankAccountId}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;
    post?: never;

    /** Takes a bank account out of the book; withdrawals that are under way to it go on */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Id of a bank account. */
          bankAccountId: string;
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
  '/api/admin/withdrawals': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** Withdrawals by the day on which they were made, or those that wait by their risk */
    get: {
      parameters: {
        query?: {
          /** All states without it; `submitted` is the queue. */
          state?: 'submitted' | 'approved' | 'sent' | 'stalled' | 'completed' | 'failed' | 'reversed' | 'rejected' | 'cancelled';
          memberId?: string;

          /** Lowest score of risk. */
          riskMin?: number;

          /** First day, in Asia/Jakarta; without it 90 days before the last one, or any for what waits and for one member. */
          from?: string;

          /** Last day, in Asia/Jakarta. */
          to?: string;

          /** Oldest first is how a queue is worked off. `riskiest` is for `state=submitted` alone: the highest score first and of equal ones the oldest, of any day unless one is given. */
          order?: 'newest' | 'oldest' | 'riskiest';

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
              withdrawals: components['schemas']['DeskWithdrawal'][];

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
  '/api/admin/withdrawals/{withdrawalId}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** A withdrawal with its timeline and its postings */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Id of a withdrawal. */
          withdrawalId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['DeskWithdrawalDetail'] } };
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
  '/api/admin/withdrawals/{withdrawalId}/approve': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** Approves a withdrawal; from a threshold on it takes two different people */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Id of a withdrawal. */
          withdrawalId: string;
        };
        cookie?: never;
      };
      requestBody: { content: { 'application/json': Record<string, never> } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['DeskWithdrawal'] } };
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
  '/api/admin/withdrawals/{withdrawalId}/reject': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** Rejects a withdrawal; the member has the money back */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Id of a withdrawal. */
          withdrawalId: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            /** Kept in the audit log; of a rejection, shown to the member. */
            reason: string;
          };
        };
      };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['DeskWithdrawal'] } };
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
  '/api/admin/withdrawals/{withdrawalId}/retry': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** Sends a withdrawal that stands still once more, under a new id at the gateway */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Id of a withdrawal. */
          withdrawalId: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            /** Kept in the audit log; of a rejection, shown to the member. */
            reason: string;
          };
        };
      };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['DeskWithdrawal'] } };
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
  '/api/admin/withdrawals/{withdrawalId}/payout': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** Names the payout of a withdrawal whose answer was lost, as the gateway's own pages show it; the gateway then says what became of it */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Id of a withdrawal. */
          withdrawalId: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            gatewayPayoutId: string;

            /** Kept in the audit log; of a rejection, shown to the member. */
            reason: string;
          };
        };
      };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['DeskWithdrawal'] } };
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
  '/api/admin/withdrawals/{withdrawalId}/give-up': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** Ends a withdrawal that stands still; the member has the money back */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Id of a withdrawal. */
          withdrawalId: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            /** Kept in the audit log; of a rejection, shown to the member. */
            reason: string;
          };
        };
      };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['DeskWithdrawal'] } };
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
  '/api/admin/withdrawals/{withdrawalId}/refresh': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** Asks the gateway now, and does what its answer means */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Id of a withdrawal. */
          withdrawalId: string;
        };
        cookie?: never;
      };
      requestBody: { content: { 'application/json': Record<string, never> } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['DeskWithdrawal'] } };
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
  '/api/admin/withdrawals/decisions': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** Approves or rejects up to 50 withdrawals that are named one by one */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            decision: 'approve' | 'reject';
            ids: string[];

            /** What they come to, as whoever decides has seen it; another total is refused. */
            totalRupiah: number;

            /** Kept in the audit log; of a rejection, shown to the member. */
            reason?: string;
          };
        };
      };
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              results: {
                id: string;
                outcome: 'done' | 'refused';
                withdrawal: components['schemas']['DeskWithdrawal'] | null;
                problem: { code: string; detail: string; errors: { pointer: string; detail: string }[] } | null;
              }[];
            };
          };
        };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        422: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
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
  '/api/admin/reconciliation/exceptions': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** What is not the same here and at a gateway, newest first */
    get: {
      parameters: {
        query?: {
          state?: 'open' | 'resolved';
          kind?: 'missing-here' | 'missing-there' | 'amount-differs' | 'paid-twice' | 'late' | 'unclear';
          gateway?: string;

          /** First day on which it was found, in Asia/Jakarta; any without it. */
          from?: string;

          /** Last day; any without it. */
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
              exceptions: components['schemas']['ReconciliationException'][];

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
  '/api/admin/reconciliation/exceptions/{exceptionId}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** An exception */
    get: {
      parameters: { query?: never; header?: never; path: { exceptionId: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['ReconciliationException'] } };
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
  '/api/admin/reconciliation/exceptions/{exceptionId}/resolve': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** Closes an exception with what was found out; books nothing */
    post: {
      parameters: { query?: never; header?: never; path: { exceptionId: string }; cookie?: never };
      requestBody: { content: { 'application/json': { reason: string } } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['ReconciliationException'] } };
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
  '/api/admin/reconciliation/runs': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** Days that were compared, latest first: 31 of each gateway */
    get: {
      parameters: { query?: { gateway?: 'midtrans' | 'xendit' | 'iris' }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: { 'application/json': { runs: components['schemas']['ReconciliationRun'][] } };
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

    /** Compares a day now with the report that the gateway is asked for; it is done every night for the day before */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': { gateway: 'midtrans' | 'xendit' | 'iris'; day: string } } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['ReconciliationRun'] } };
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
  '/api/admin/reconciliation/runs/{gateway}/{day}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** What came of comparing a day */
    get: {
      parameters: { query?: never; header?: never; path: { gateway: 'midtrans' | 'xendit' | 'iris'; day: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['ReconciliationRunDetail'] } };
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
  '/api/admin/reconciliation/reports/midtrans': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** Compares a day with Midtrans' export of its dashboard, of the day and the one before */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: { content: { 'application/json': { day: string; csv: string } } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['ReconciliationRun'] } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        422: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
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
  '/api/admin/ledger/books': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** The platform's books with their balances */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': { books: components['schemas']['LedgerBook'][] } } };
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
  '/api/admin/ledger/books/{book}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** The balance of a book */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** URL-encoded: `member:123456789012345678`. */
          book: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['LedgerBook'] } };
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
  '/api/admin/ledger/accounts/{account}/statement': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** A page of the statement of an account: opening and all rows of all pages add up to closing */
    get: {
      parameters: {
        query: {
          /** Included. */
          from: string;

          /** Not included. */
          to: string;

          /** `nextBehind` of the page before. */
          behind?: number;
          limit?: number;
        };
        header?: never;
        path: {
          /** URL-encoded: `member:123456789012345678`, or one account of a platform book, `fees:07`. */
          account: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              account: string;
              normalSide: 'credit' | 'debit';
              from: string;
              to: string;
              openingRupiah: number;
              closingRupiah: number;
              rows: components['schemas']['LedgerRow'][];

              /** Number of the last row, for the next page; null behind the last. */
              nextBehind: number | null;
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
  '/api/admin/ledger/accounts/{account}/statement.csv': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** The statement as CSV (RFC 4180), times in Asia/Jakarta, up to 30000 rows */
    get: {
      parameters: {
        query: {
          /** Included. */
          from: string;

          /** Not included. */
          to: string;
        };
        header?: never;
        path: {
          /** URL-encoded: `member:123456789012345678`, or one account of a platform book, `fees:07`. */
          account: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'text/csv': string } };
        400: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        401: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        403: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        404: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        422: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
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
  '/api/admin/ledger/postings/{postingId}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** What was booked under an id */
    get: {
      parameters: { query?: never; header?: never; path: { postingId: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['LedgerPosting'] } };
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
  '/api/webhooks/midtrans': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** News of Midtrans' payments, as it signs them */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Record<string, never> } };
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
  '/api/webhooks/xendit': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** News of Xendit's payments, with its callback token */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Record<string, never> } };
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
  '/api/webhooks/iris': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** News of Iris' payouts, as it signs them */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Record<string, never> } };
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
  '/api/webhooks/xendit-payouts': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** News of Xendit's payouts, with its callback token */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': Record<string, never> } };
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
    /** A log file with the progress of its ranges, and those that failed */
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
    /** An error with its whole message and stack, and its pattern */
    get: {
      parameters: { query?: never; header?: never; path: { errorId: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['LogErrorDetail'] } };
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
  '/api/admin/logs/multipart-uploads': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** Begin to upload a log file in parts */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            /** Name of the file; becomes the end of its key. */
            name: string;

            /** Size of the whole file. */
            bytes: number;

            /** SHA-256 over the SHA-256 of each part, in hex. Tells a file that was uploaded before. */
            hash: string;

            /** Also if this very file was uploaded before. */
            again?: boolean;
          };
        };
      };
      responses: {
        201: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              key: string;
              uploadId: string;

              /** Of each part but the last. The same for every file of this size. */
              partBytes: number;
              partCount: number;
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

    /** Give an upload up, and drop what has arrived of it */
    delete: {
      parameters: {
        query: {
          key: string;

          /** As it was answered when the upload was begun. */
          uploadId: string;
        };
        header?: never;
        path?: never;
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
  '/api/admin/logs/multipart-uploads/signatures': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** URLs to put parts to */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            key: string;

            /** As it was answered when the upload was begun. */
            uploadId: string;

            /** Size of the whole file. */
            bytes: number;
            parts: number[];
          };
        };
      };
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: { 'application/json': { parts: { part: number; url: string }[]; expiresAt: string } };
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
  '/api/admin/logs/multipart-uploads/parts': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** Parts that have arrived, ascending */
    get: {
      parameters: {
        query: {
          key: string;

          /** As it was answered when the upload was begun. */
          uploadId: string;

          /** Parts behind this one. */
          after?: number;
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
              parts: { part: number; bytes: number }[];

              /** `after` of the next page; null behind the last. */
              next: number | null;
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
  '/api/admin/logs/multipart-uploads/completion': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** Make the file of its parts; its scan begins then */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            key: string;

            /** As it was answered when the upload was begun. */
            uploadId: string;

            /** Size of the whole file. */
            bytes: number;
          };
        };
      };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': { key: string } } };
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
  '/api/admin/logs/dashboard': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** Errors over time, top, new and regressed patterns, and how scanning goes */
    get: {
      parameters: {
        query?: {
          /** First day, or instant; 7 days before the end without it. */
          from?: string;

          /** Last day (included), or instant; now without it. */
          to?: string;
          level?: 'error' | 'fatal';

          /** Logger. Patterns are those it has written, with all their records. */
          service?: string;

          /** Id of a log file. Patterns are those of the file, with its records. */
          file?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['LogDashboard'] } };
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
  '/api/admin/logs/search': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** Errors that have some words and not others, newest first */
    get: {
      parameters: {
        query?: {
          /** At or after this instant. An error without a time counts at its upload. */
          from?: string;

          /** At or before this instant. */
          to?: string;
          level?: 'error' | 'fatal';

          /** Logger, by its whole name. */
          service?: string;

          /** Id of a log file. */
          file?: string;

          /** Id of a pattern. */
          pattern?: string;

          /** Words or phrases, one a line: all are in the message, the stack or the logger, in any case. At most 10 of 200 characters. */
          include?: string;

          /** Words or phrases, one a line: none is. */
          exclude?: string;

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
  '/api/admin/logs/exports': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** Have the errors of a filter written into a file */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            format: 'ndjson' | 'csv';
            filter?: {
              /** At or after this instant. An error without a time counts at its upload. */
              from?: string;

              /** At or before this instant. */
              to?: string;
              level?: 'error' | 'fatal';

              /** Logger, by its whole name. */
              service?: string;

              /** Id of a log file. */
              file?: string;

              /** Id of a pattern. */
              pattern?: string;
              include?: string[];
              exclude?: string[];
            };
          };
        };
      };
      responses: {
        202: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['LogExport'] } };
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
  '/api/admin/logs/exports/{exportId}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** An export, with an address to download it from once it is done */
    get: {
      parameters: { query?: never; header?: never; path: { exportId: string }; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['LogExport'] } };
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
  '/api/admin/logs/patterns': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** Patterns of errors, the latest seen or the most frequent first */
    get: {
      parameters: {
        query?: {
          level?: 'error' | 'fatal';

          /** `open` has the assigned ones too. */
          state?: 'open' | 'assigned' | 'resolved' | 'muted';
          flag?: 'new' | 'regressed' | 'spiking';
          service?: string;

          /** Id of a log file that has them. */
          file?: string;
          assignee?: string;

          /** Templates that contain this, in any case. */
          text?: string;

          /** Templates that do not contain this, in any case. */
          exclude?: string;

          /** First seen at or after this instant. */
          firstFrom?: string;

          /** Last seen at or after this instant. */
          from?: string;

          /** Last seen at or before this instant. */
          to?: string;
          sort?: 'last-seen' | 'count';

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
              patterns: components['schemas']['LogIssueInList'][];

              /** For the next page; null behind the last. */
              nextCursor: string | null;

              /** True when a page looked at as many patterns as it may: by last seen the cursor goes on from there, by count the rest is unseen. */
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
  '/api/admin/logs/patterns/{patternId}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** A pattern with its past, files, fingerprints and history */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Id of a pattern. */
          patternId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['LogIssueDetail'] } };
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
  '/api/admin/logs/patterns/{patternId}/activities': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** What happened to a pattern, newest first */
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
          /** Id of a pattern. */
          patternId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              activities: {
                id: string;
                patternId: string;
                at: string;
                by: string | null;
                byName: string | null;
                kind:
                  | 'commented'
                  | 'resolved'
                  | 'muted'
                  | 'reopened'
                  | 'assigned'
                  | 'regressed'
                  | 'mute-ended'
                  | 'spiked'
                  | 'merged'
                  | 'split';
                text: string | null;
                details: Record<string, string | number | null>;
              }[];

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
  '/api/admin/logs/patterns/{patternId}/decisions': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** Resolve, mute, reopen or assign a pattern */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Id of a pattern. */
          patternId: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            decision:
              | {
                  kind: 'resolve';
                  inVersion?: string | null;

                  /** When the fix went live. Errors with a time before it are no return, however late their file comes. */
                  fixedAt?: string | null;
                }
              | {
                  kind: 'mute';
                  until?: string | null;

                  /** Ends when it was seen so many times more. */
                  count?: number | null;
                }
              | { kind: 'reopen' }
              | {
                  kind: 'assign';

                  /** Id of a person of the staff; null for nobody. */
                  assignee: string | null;
                };

            /** Of the pattern as it was read; without it the decision is made upon whatever stands there. */
            revision?: number;
          };
        };
      };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['LogIssue'] } };
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
  '/api/admin/logs/patterns/{patternId}/comments': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** Comment on a pattern */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Id of a pattern. */
          patternId: string;
        };
        cookie?: never;
      };
      requestBody: { content: { 'application/json': { text: string } } };
      responses: {
        201: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              id: string;
              patternId: string;
              at: string;
              by: string | null;
              byName: string | null;
              kind:
                | 'commented'
                | 'resolved'
                | 'muted'
                | 'reopened'
                | 'assigned'
                | 'regressed'
                | 'mute-ended'
                | 'spiked'
                | 'merged'
                | 'split';
              text: string | null;
              details: Record<string, string | number | null>;
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
  '/api/admin/logs/patterns/{patternId}/merges': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** Merge other patterns into this one, for good */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Id of a pattern. */
          patternId: string;
        };
        cookie?: never;
      };
      requestBody: { content: { 'application/json': { patterns: string[] } } };
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['LogIssue'] } };
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
  '/api/admin/logs/patterns/{patternId}/splits': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** Split fingerprints off into a pattern of their own, which is answered */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Id of a pattern. */
          patternId: string;
        };
        cookie?: never;
      };
      requestBody: { content: { 'application/json': { fingerprints: string[] } } };
      responses: {
        201: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['LogIssue'] } };
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
  '/api/admin/logs/alert-rules': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** Alert rules, in the order in which they were made; at most 100 */
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': { rules: components['schemas']['LogAlertRule'][] } } };
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

    /** Make an alert rule */
    post: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody: {
        content: {
          'application/json': {
            name: string;
            isEnabled?: boolean;
            kinds: ('new' | 'regressed' | 'mute-ended' | 'spike' | 'volume')[];
            filter?: { level?: ('error' | 'fatal') | null; service?: string | null; text?: string | null; filePrefix?: string | null };
            countPerHourMin?: number | null;
            channel: { kind: 'slack'; url: string } | { kind: 'webhook'; url: string } | { kind: 'sns' } | { kind: 'email'; to: string[] };
          };
        };
      };
      responses: {
        201: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              id: string;
              name: string;
              isEnabled: boolean;
              kinds: ('new' | 'regressed' | 'mute-ended' | 'spike' | 'volume')[];
              filter: { level: ('error' | 'fatal') | null; service: string | null; text: string | null; filePrefix: string | null };
              countPerHourMin: number | null;
              channel: {
                kind: 'slack' | 'webhook' | 'sns' | 'email';

                /** Of a webhook; the rest of its address is a key and is shown to nobody. */
                host: string | null;

                /** Addresses of e-mails. */
                to: string[];
              };
              createdAt: string;
              updatedAt: string;
              revision: number;

              /** Signs the posts of a new webhook. Shown this once. */
              secret: string | null;
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
  '/api/admin/logs/alert-rules/{ruleId}': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** An alert rule */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Id of an alert rule. */
          ruleId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        200: { headers: { [name: string]: unknown }; content: { 'application/json': components['schemas']['LogAlertRule'] } };
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

    /** Remove an alert rule */
    delete: {
      parameters: {
        query: { revision: number };
        header?: never;
        path: {
          /** Id of an alert rule. */
          ruleId: string;
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
        409: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        413: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        415: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        429: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
        503: { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
      };
    };
    options?: never;
    head?: never;

    /** Change an alert rule; what is not named stays */
    patch: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Id of an alert rule. */
          ruleId: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            /** Of the rule as it was read. */
            revision: number;
            name?: string;
            isEnabled?: boolean;
            kinds?: ('new' | 'regressed' | 'mute-ended' | 'spike' | 'volume')[];
            filter?: { level?: ('error' | 'fatal') | null; service?: string | null; text?: string | null; filePrefix?: string | null };
            countPerHourMin?: number | null;
            channel?: { kind: 'slack'; url: string } | { kind: 'webhook'; url: string } | { kind: 'sns' } | { kind: 'email'; to: string[] };
          };
        };
      };
      responses: {
        200: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              id: string;
              name: string;
              isEnabled: boolean;
              kinds: ('new' | 'regressed' | 'mute-ended' | 'spike' | 'volume')[];
              filter: { level: ('error' | 'fatal') | null; service: string | null; text: string | null; filePrefix: string | null };
              countPerHourMin: number | null;
              channel: {
                kind: 'slack' | 'webhook' | 'sns' | 'email';

                /** Of a webhook; the rest of its address is a key and is shown to nobody. */
                host: string | null;

                /** Addresses of e-mails. */
                to: string[];
              };
              createdAt: string;
              updatedAt: string;
              revision: number;

              /** Signs the posts of a new webhook. Shown this once. */
              secret: string | null;
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
    trace?: never;
  };
  '/api/admin/logs/alert-rules/{ruleId}/tests': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get?: never;
    put?: never;

    /** Send a message marked as a test by the rule's channel; 5 in 10 minutes */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** Id of an alert rule. */
          ruleId: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        202: {
          headers: { [name: string]: unknown };
          content: {
            'application/json': {
              alert: components['schemas']['LogAlert'];

              /** Where to see whether the channel took it. */
              seeAt: string;
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
  '/api/admin/logs/alerts': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    /** Alerts of the last 90 days, newest first */
    get: {
      parameters: {
        query?: {
          /** Only the alert with this id, to see what has become of it. */
          id?: string;

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
              alerts: components['schemas']['LogAlert'][];

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
    DepositNow: {
      /** Id of a deposit. */
      id: string;

      /** By the clock: `expired` from `expiresAt` on, until money comes all the same. `paid_late`: money came otherwise than asked for, see `isUnderReview`. */
      status: 'creating' | 'pending' | 'paid' | 'paid_late' | 'expired' | 'cancelled' | 'failed' | 'reversed' | 'refunded';
      method:
        | 'qris'
        | 'va-bca'
        | 'va-bni'
        | 'va-bri'
        | 'va-mandiri'
        | 'va-permata'
        | 'va-cimb'
        | 'ewallet-gopay'
        | 'ewallet-ovo'
        | 'ewallet-dana'
        | 'ewallet-shopeepay'
        | 'manual-transfer';
      amountRupiah: number;

      /** Added to the amount of a transfer, by which it is recognised. */
      uniqueCode: number | null;

      /** What is to be paid, exactly. */
      totalRupiah: number;
      createdAt: string;
      expiresAt: string;
      endedAt: string | null;

      /** How to pay; null unless the deposit is `pending`. */
      instructions: components['schemas']['PaymentInstructions'] | null;

      /** What of it the balance has. */
      creditedRupiah: number;
      refundedRupiah: number;

      /** Money has come that a person decides about. */
      isUnderReview: boolean;

      /** When this was answered. */
      serverTime: string;
    };

    /** How to pay. A `qr` payload is EMVCo, to be rendered; `push` has gone to the phone. */
    PaymentInstructions:
      | { kind: 'qr'; qrPayload: string }
      | { kind: 'qr-image'; imageUrl: string }
      | { kind: 'virtual-account'; bank: 'bca' | 'bni' | 'bri' | 'mandiri' | 'permata' | 'cimb'; vaNumber: string }
      | { kind: 'bill'; bank: 'bca' | 'bni' | 'bri' | 'mandiri' | 'permata' | 'cimb'; billKey: string; billerCode: string }
      | { kind: 'redirect'; webUrl: string | null; deeplinkUrl: string | null; qrPayload: string | null }
      | { kind: 'push' }
      | { kind: 'bank-transfer'; bank: 'bca' | 'bni' | 'bri' | 'mandiri' | 'permata' | 'cimb'; accountNumber: string; accountName: string };
    Deposit: {
      /** Id of a deposit. */
      id: string;

      /** By the clock: `expired` from `expiresAt` on, until money comes all the same. `paid_late`: money came otherwise than asked for, see `isUnderReview`. */
      status: 'creating' | 'pending' | 'paid' | 'paid_late' | 'expired' | 'cancelled' | 'failed' | 'reversed' | 'refunded';
      method:
        | 'qris'
        | 'va-bca'
        | 'va-bni'
        | 'va-bri'
        | 'va-mandiri'
        | 'va-permata'
        | 'va-cimb'
        | 'ewallet-gopay'
        | 'ewallet-ovo'
        | 'ewallet-dana'
        | 'ewallet-shopeepay'
        | 'manual-transfer';
      amountRupiah: number;

      /** Added to the amount of a transfer, by which it is recognised. */
      uniqueCode: number | null;

      /** What is to be paid, exactly. */
      totalRupiah: number;
      createdAt: string;
      expiresAt: string;
      endedAt: string | null;

      /** How to pay; null unless the deposit is `pending`. */
      instructions: components['schemas']['PaymentInstructions'] | null;

      /** What of it the balance has. */
      creditedRupiah: number;
      refundedRupiah: number;

      /** Money has come that a person decides about. */
      isUnderReview: boolean;
    };
    DepositMethod: {
      method:
        | 'qris'
        | 'va-bca'
        | 'va-bni'
        | 'va-bri'
        | 'va-mandiri'
        | 'va-permata'
        | 'va-cimb'
        | 'ewallet-gopay'
        | 'ewallet-ovo'
        | 'ewallet-dana'
        | 'ewallet-shopeepay'
        | 'manual-transfer';
      amountRupiahMin: number;
      amountRupiahMax: number;

      /** How long a deposit by this method waits for its payment. */
      lifetimeSeconds: number;
    };
    DeskDeposit: {
      /** Id of a deposit. */
      id: string;

      /** By the clock: `expired` from `expiresAt` on, until money comes all the same. `paid_late`: money came otherwise than asked for, see `isUnderReview`. */
      status: 'creating' | 'pending' | 'paid' | 'paid_late' | 'expired' | 'cancelled' | 'failed' | 'reversed' | 'refunded';
      method:
        | 'qris'
        | 'va-bca'
        | 'va-bni'
        | 'va-bri'
        | 'va-mandiri'
        | 'va-permata'
        | 'va-cimb'
        | 'ewallet-gopay'
        | 'ewallet-ovo'
        | 'ewallet-dana'
        | 'ewallet-shopeepay'
        | 'manual-transfer';
      amountRupiah: number;

      /** Added to the amount of a transfer, by which it is recognised. */
      uniqueCode: number | null;

      /** What is to be paid, exactly. */
      totalRupiah: number;
      createdAt: string;
      expiresAt: string;
      endedAt: string | null;

      /** How to pay; null unless the deposit is `pending`. */
      instructions: components['schemas']['PaymentInstructions'] | null;

      /** What of it the balance has. */
      creditedRupiah: number;
      refundedRupiah: number;

      /** Money has come that a person decides about. */
      isUnderReview: boolean;
      memberId: string;
      gateway: 'midtrans' | 'xendit' | 'manual';
      gatewayTransactionId: string | null;

      /** Received, and not credited. */
      suspenseRupiah: number;
      reversedRupiah: number;
      failure: string | null;

      /** The payment that waits for a decision. */
      underReview: {
        paymentId: string;
        issue: ('amount-differs' | 'paid-twice' | 'balance-limit' | 'incoming-limit' | 'account-closed' | 'taken-back') | null;
        amountRupiah: number;
      } | null;

      /** True when the gateway took one of several payments back and does not say which: a person has to, and decides nothing else before. */
      isReversalUnclear: boolean;

      /** Decisions name it, so that none is made on something that is not so any more. */
      version: number;
    };
    DeskDepositDetail: {
      /** Id of a deposit. */
      id: string;

      /** By the clock: `expired` from `expiresAt` on, until money comes all the same. `paid_late`: money came otherwise than asked for, see `isUnderReview`. */
      status: 'creating' | 'pending' | 'paid' | 'paid_late' | 'expired' | 'cancelled' | 'failed' | 'reversed' | 'refunded';
      method:
        | 'qris'
        | 'va-bca'
        | 'va-bni'
        | 'va-bri'
        | 'va-mandiri'
        | 'va-permata'
        | 'va-cimb'
        | 'ewallet-gopay'
        | 'ewallet-ovo'
        | 'ewallet-dana'
        | 'ewallet-shopeepay'
        | 'manual-transfer';
      amountRupiah: number;

      /** Added to the amount of a transfer, by which it is recognised. */
      uniqueCode: number | null;

      /** What is to be paid, exactly. */
      totalRupiah: number;
      createdAt: string;
      expiresAt: string;
      endedAt: string | null;

      /** How to pay; null unless the deposit is `pending`. */
      instructions: components['schemas']['PaymentInstructions'] | null;

      /** What of it the balance has. */
      creditedRupiah: number;
      refundedRupiah: number;

      /** Money has come that a person decides about. */
      isUnderReview: boolean;
      memberId: string;
      gateway: 'midtrans' | 'xendit' | 'manual';
      gatewayTransactionId: string | null;

      /** Received, and not credited. */
      suspenseRupiah: number;
      reversedRupiah: number;
      failure: string | null;

      /** The payment that waits for a decision. */
      underReview: {
        paymentId: string;
        issue: ('amount-differs' | 'paid-twice' | 'balance-limit' | 'incoming-limit' | 'account-closed' | 'taken-back') | null;
        amountRupiah: number;
      } | null;

      /** True when the gateway took one of several payments back and does not say which: a person has to, and decides nothing else before. */
      isReversalUnclear: boolean;

      /** Decisions name it, so that none is made on something that is not so any more. */
      version: number;
      payments: {
        /** The gateway's own; the bank's reference of a transfer. */
        paymentId: string;
        amountRupiah: number;
        paidAt: string | null;
        bookedAt: string;

        /** Where the money is, as far as it has not gone back. */
        place: 'member' | 'suspense';

        /** Why it was not simply credited. */
        issue: ('amount-differs' | 'paid-twice' | 'balance-limit' | 'incoming-limit' | 'account-closed' | 'taken-back') | null;
        postingId: string;
        refundedRupiah: number;
        reversedRupiah: number;
        refundableRupiah: number;
      }[];
      refunds: {
        refundKey: string;
        paymentId: string;
        amountRupiah: number;
        state: 'asked' | 'confirmed' | 'failed';
        askedAt: string;
        askedBy: string | null;

        /** As they were called then. */
        askedByName: string | null;

        /** How often it was looked after since, without anybody asking. */
        tries: number;

        /** When that happens again; null when it does not. */
        nextTryAt: string | null;
      }[];

      /** What happened, oldest first. */
      timeline: {
        at: string;
        kind: string;
        actor: string;

        /** Of a person of the staff, as they were called then. */
        actorName: string | null;
        status: ('creating' | 'pending' | 'paid' | 'paid_late' | 'expired' | 'cancelled' | 'failed' | 'reversed' | 'refunded') | null;
        gatewayStatus: string | null;
        amountRupiah: number | null;
        postingId: string | null;
        detail: string | null;
      }[];
      postings: {
        id: string;
        kind: string;
        at: string;
        reason: string;
        lines: { account: string; amountRupiah: number; heldRupiah: number }[];
      }[];
      serverTime: string;
    };
    Withdrawal: {
      id: string;

      /** `stalled` is shown to staff alone. */
      state: 'submitted' | 'approved' | 'sent' | 'stalled' | 'completed' | 'failed' | 'reversed' | 'rejected' | 'cancelled';

      /** What leaves the member's balance. */
      amountRupiah: number;
      feeRupiah: number;

      /** What the bank account gets. */
      payoutRupiah: number;
      destination: {
        bankAccountId: string;
        bank: 'bca' | 'bni' | 'bri' | 'mandiri' | 'permata' | 'cimb';
        accountNumber: string;
        accountName: string;
      };

      /** Why it was rejected or has failed. */
      reason: string | null;
      createdAt: string;
      updatedAt: string;
      completedAt: string | null;
    };
    BankAccount: {
      id: string;
      bank: 'bca' | 'bni' | 'bri' | 'mandiri' | 'permata' | 'cimb';
      accountNumber: string;

      /** The holder, as the member says. */
      accountName: string;

      /** How the bank's name for the holder compares with the member's. */
      nameCheck: 'same' | 'similar' | 'different' | 'unknown';
      createdAt: string;
    };
    DeskWithdrawal: {
      id: string;

      /** `stalled` is shown to staff alone. */
      state: 'submitted' | 'approved' | 'sent' | 'stalled' | 'completed' | 'failed' | 'reversed' | 'rejected' | 'cancelled';

      /** What leaves the member's balance. */
      amountRupiah: number;
      feeRupiah: number;

      /** What the bank account gets. */
      payoutRupiah: number;
      destination: {
        bankAccountId: string;
        bank: 'bca' | 'bni' | 'bri' | 'mandiri' | 'permata' | 'cimb';
        accountNumber: string;
        accountName: string;

        /** The holder, as the bank says; null where the gateway does not tell. */
        holderName: string | null;
        nameCheck: 'same' | 'similar' | 'different' | 'unknown';
        checkedAgainst: 'identity-card' | 'statement';
      };

      /** Why it was rejected or has failed. */
      reason: string | null;
      createdAt: string;
      updatedAt: string;
      completedAt: string | null;
      memberId: string;
      channel: 'iris' | 'xendit';
      risk: {
        score: number;
        signals: ('name-differs' | 'name-unknown' | 'new-bank-account' | 'first-withdrawal' | 'large-amount' | 'recent-deposits')[];
      };

      /** How many different people have to approve; as the rules were when it was made. */
      approvalsNeeded: number;
      approvals: { staffId: string; name: string; at: string }[];

      /** Who rejected it, gave it up or tried it again last. */
      decidedBy: { staffId: string; name: string; at: string } | null;
      attempt: {
        id: string;
        number: number;
        startedAt: string;
        gatewayPayoutId: string | null;

        /** The gateway's own word. */
        gatewayStatus: string | null;
      } | null;

      /** When the gateway will be asked next. */
      nextAskAt: string | null;

      /** What its state allows; whether the caller may is another matter. */
      actions: ('approve' | 'reject' | 'retry' | 'found' | 'give-up' | 'refresh')[];
    };
    DeskWithdrawalDetail: {
      id: string;

      /** `stalled` is shown to staff alone. */
      state: 'submitted' | 'approved' | 'sent' | 'stalled' | 'completed' | 'failed' | 'reversed' | 'rejected' | 'cancelled';

      /** What leaves the member's balance. */
      amountRupiah: number;
      feeRupiah: number;

      /** What the bank account gets. */
      payoutRupiah: number;
      destination: {
        bankAccountId: string;
        bank: 'bca' | 'bni' | 'bri' | 'mandiri' | 'permata' | 'cimb';
        accountNumber: string;
        accountName: string;

        /** The holder, as the bank says; null where the gateway does not tell. */
        holderName: string | null;
        nameCheck: 'same' | 'similar' | 'different' | 'unknown';
        checkedAgainst: 'identity-card' | 'statement';
      };

      /** Why it was rejected or has failed. */
      reason: string | null;
      createdAt: string;
      updatedAt: string;
      completedAt: string | null;
      memberId: string;
      channel: 'iris' | 'xendit';
      risk: {
        score: number;
        signals: ('name-differs' | 'name-unknown' | 'new-bank-account' | 'first-withdrawal' | 'large-amount' | 'recent-deposits')[];
      };

      /** How many different people have to approve; as the rules were when it was made. */
      approvalsNeeded: number;
      approvals: { staffId: string; name: string; at: string }[];

      /** Who rejected it, gave it up or tried it again last. */
      decidedBy: { staffId: string; name: string; at: string } | null;
      attempt: {
        id: string;
        number: number;
        startedAt: string;
        gatewayPayoutId: string | null;

        /** The gateway's own word. */
        gatewayStatus: string | null;
      } | null;

      /** When the gateway will be asked next. */
      nextAskAt: string | null;

      /** What its state allows; whether the caller may is another matter. */
      actions: ('approve' | 'reject' | 'retry' | 'found' | 'give-up' | 'refresh')[];
      timeline: components['schemas']['WithdrawalEvent'][];
      postings: components['schemas']['WithdrawalPosting'][];
    };
    WithdrawalEvent: {
      at: string;
      what:
        | 'submitted'
        | 'first-approval'
        | 'approved'
        | 'rejected'
        | 'cancelled'
        | 'attempt'
        | 'sent'
        | 'released-at-gateway'
        | 'gateway-status'
        | 'stalled'
        | 'tried-again'
        | 'given-up'
        | 'found'
        | 'completed'
        | 'failed'
        | 'reversed'
        | 'asked'
        | 'exception';
      actor: string;
      actorName: string | null;
      detail: string | null;
    };
    WithdrawalPosting: {
      id: string;
      kind: string;
      at: string;
      reason: string;
      lines: { account: string; amountRupiah: number; heldRupiah: number }[];
    };
    ReconciliationException: {
      id: string;

      /** `missing-here`: the gateway has it, and nothing is booked. `missing-there`: booked, and not in the report. `late`: money came or went after the matter was closed. `unclear`: nobody knows what became of it. */
      kind: 'missing-here' | 'missing-there' | 'amount-differs' | 'paid-twice' | 'late' | 'unclear';
      gateway: string;

      /** Our id of the deposit or the withdrawal. */
      reference: string | null;
      gatewayReference: string | null;

      /** Booked or expected here. */
      amountRupiah: number | null;
      gatewayAmountRupiah: number | null;
      detail: string;
      createdAt: string;
      state: 'open' | 'resolved';
      resolution: { staffId: string; name: string; at: string; reason: string } | null;
    };
    ReconciliationRun: {
      /** Gateway and day. */
      id: string;
      gateway: string;
      day: string;

      /** `failed`: the report could not be had, and nothing was compared. */
      state: 'compared' | 'failed';

      /** Code of the fault of one that failed. */
      trouble: string | null;

      /** Of the report, of the day and the one before. */
      lines: number;

      /** Lines that are booked, and with their amount. */
      matched: number;

      /** Postings of the day. */
      booked: number;
      findings: number;

      /** Name of whoever of the staff had it done; null by the clock. */
      askedBy: string | null;
      at: string;
    };
    ReconciliationRunDetail: {
      /** Gateway and day. */
      id: string;
      gateway: string;
      day: string;

      /** `failed`: the report could not be had, and nothing was compared. */
      state: 'compared' | 'failed';

      /** Code of the fault of one that failed. */
      trouble: string | null;

      /** Of the report, of the day and the one before. */
      lines: number;

      /** Lines that are booked, and with their amount. */
      matched: number;

      /** Postings of the day. */
      booked: number;
      findings: number;

      /** Name of whoever of the staff had it done; null by the clock. */
      askedBy: string | null;
      at: string;

      /** The first 50 of its findings, as they stand now; one that an earlier comparison found is among them. */
      exceptions: components['schemas']['ReconciliationException'][];
    };
    LedgerBook: {
      /** `member:…`, `clearing:<gateway>`, `payouts:<gateway>`, `fees`, `suspense`. */
      book: string;
      normalSide: 'credit' | 'debit';

      /** Everything that is booked, as the member sees it: what a gateway holds for the platform is negative. */
      postedRupiah: number;
      heldRupiah: number;
      availableRupiah: number;

      /** What it is kept in; a statement is of one of them. */
      accounts: string[];
    };
    LedgerRow: {
      /** Of the entry in its account, from 1 on without a gap. */
      number: number;
      at: string;
      postingId: string;
      kind: string;
      reference: string;
      amountRupiah: number;

      /** Behind the row. */
      balanceRupiah: number;
    };
    LedgerPosting: {
      id: string;
      kind: string;
      at: string;
      reference: string;
      reason: string;
      actor: string;
      claim: { gateway: string; transactionId: string; kind: string } | null;
      lines: { account: string; sequence: number; amountRupiah: number; heldRupiah: number }[];
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

      /** When its errors were last added to patterns and dashboard; null until then. */
      rolledUpAt: string | null;
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

      /** Time of its earliest error; null until it is closed, and without errors. */
      recordsFrom: string | null;

      /** Time of its latest error. */
      recordsTo: string | null;
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

      /** When its errors were last added to patterns and dashboard; null until then. */
      rolledUpAt: string | null;
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

      /** Time of its earliest error; null until it is closed, and without errors. */
      recordsFrom: string | null;

      /** Time of its latest error. */
      recordsTo: string | null;
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
        map: components['schemas']['LogRangeMap'];
      };
    };
    LogRangeMap: {
      /** Ranges that a cell stands for; 1 up to 256 ranges, the last cell may have fewer. */
      rangesPerCell: number;

      /** In the order of the file, at most 256: how many ranges of the cell are in which state. */
      cells: {
        waiting: number;
        scanning: number;
        done: number;
        failed: number;

        /** Errors found so far. */
        records: number;
      }[];
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

      /** Fingerprint of the record by itself, by which its pattern is found; null for one from before there were patterns. */
      patternId: string | null;

      /** The message with `<*>` for what varies by its shape. */
      template: string | null;

      /** True when the record went on past what is kept of one. */
      truncated: boolean;

      /** True when a list shows less of the message or the stack than the error itself does. */
      cut: boolean;
    };
    LogErrorDetail: {
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

      /** Fingerprint of the record by itself, by which its pattern is found; null for one from before there were patterns. */
      patternId: string | null;

      /** The message with `<*>` for what varies by its shape. */
      template: string | null;

      /** True when the record went on past what is kept of one. */
      truncated: boolean;

      /** True when a list shows less of the message or the stack than the error itself does. */
      cut: boolean;

      /** Id of the pattern that counts it; null until its whole file is scanned and rolled up. */
      pattern: string | null;
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
    LogDashboard: {
      from: string;

      /** End of the last hour or day that is shown. */
      to: string;

      /** By hour up to 3 days, by day beyond. */
      step: 'hour' | 'day';
      totals: { error: number; fatal: number };
      series: {
        /** A point a step; steps without records are there, with zeros. */
        all: {
          error: number;
          fatal: number;

          /** Start of the hour or day. */
          at: string;
        }[];
        services: {
          service: string;
          totals: { error: number; fatal: number };
          points: {
            error: number;
            fatal: number;

            /** Start of the hour or day. */
            at: string;
          }[];
        }[];
        files: {
          fileId: string;
          key: string | null;
          totals: { error: number; fatal: number };
          points: {
            error: number;
            fatal: number;

            /** Start of the hour or day. */
            at: string;
          }[];
        }[];
        patterns: {
          patternId: string;
          template: string;
          totals: { error: number; fatal: number };
          points: {
            error: number;
            fatal: number;

            /** Start of the hour or day. */
            at: string;
          }[];
        }[];
      };
      patterns: {
        /** The most frequent in the window. */
        top: {
          /** The same for the same pattern in every file and run. */
          id: string;

          /** The message with `<*>` for what varies. */
          template: string;

          /** The gravest that was seen. */
          level: 'error' | 'fatal';

          /** Whether its records are known by their stack traces or by their messages. */
          basis: 'trace' | 'message';
          total: number;
          counts: { error: number; fatal: number };
          files: number;

          /** Loggers that wrote its records; at most 16, in alphabetical order. */
          services: string[];
          firstSeen: string;
          lastSeen: string;

          /** One of its latest errors. */
          sampleErrorId: string;
          status: 'open' | 'resolved' | 'muted';
          assignee: string | null;

          /** When it came back after it had been resolved. */
          regressedAt: string | null;

          /** Records in the window. */
          inWindow: { error: number; fatal: number };
        }[];

        /** First seen in the window. */
        new: components['schemas']['LogPattern'][];

        /** Seen again in the window after they had been resolved. */
        regressed: components['schemas']['LogPattern'][];
      };
      scan: {
        /** Files of the latest ones that were closed in the window. */
        files: number;
        failed: number;
        bytes: number;
        lines: number;
        records: number;

        /** Median over these files, from plan to close. */
        bytesPerSecond: number | null;

        /** From the upload until its errors were in patterns and dashboard. */
        lagSeconds: { median: number; worst: number } | null;

        /** Closed files that are not in patterns and dashboard yet. */
        waiting: number;

        /** Open files with their progress, newest first. */
        inFlight: components['schemas']['LogFile'][];
      };
    };
    LogPattern: {
      /** The same for the same pattern in every file and run. */
      id: string;

      /** The message with `<*>` for what varies. */
      template: string;

      /** The gravest that was seen. */
      level: 'error' | 'fatal';

      /** Whether its records are known by their stack traces or by their messages. */
      basis: 'trace' | 'message';
      total: number;
      counts: { error: number; fatal: number };
      files: number;

      /** Loggers that wrote its records; at most 16, in alphabetical order. */
      services: string[];
      firstSeen: string;
      lastSeen: string;

      /** One of its latest errors. */
      sampleErrorId: string;
      status: 'open' | 'resolved' | 'muted';
      assignee: string | null;

      /** When it came back after it had been resolved. */
      regressedAt: string | null;
    };
    LogExport: {
      id: string;
      format: 'ndjson' | 'csv';
      status: 'queued' | 'done' | 'failed';
      records: number;
      bytes: number;

      /** True when there are more errors than an export takes: 100000, or 256 MiB. */
      partial: boolean;

      /** To download it from, until `expiresAt`. */
      url: string | null;
      createdAt: string;
      finishedAt: string | null;
      expiresAt: string | null;
    };
    LogIssueInList: {
      /** The same for the same pattern in every file and run. */
      id: string;

      /** The message with `<*>` for what varies. */
      template: string;

      /** The gravest that was seen. */
      level: 'error' | 'fatal';

      /** Whether its records are known by their stack traces or by their messages. */
      basis: 'trace' | 'message';
      total: number;
      counts: { error: number; fatal: number };
      files: number;

      /** Loggers that wrote its records; at most 16, in alphabetical order. */
      services: string[];
      firstSeen: string;
      lastSeen: string;

      /** One of its latest errors. */
      sampleErrorId: string;
      status: 'open' | 'resolved' | 'muted';
      assignee: string | null;

      /** When it came back after it had been resolved. */
      regressedAt: string | null;

      /** The status, where `assigned` is open with an owner. */
      state: 'open' | 'assigned' | 'resolved' | 'muted';

      /** As they were called when it was given to them, where that is known. */
      assigneeName: string | null;
      resolution: { at: string; inVersion: string | null; fixedAt: string | null } | null;
      mute: { at: string; until: string | null; count: number | null; totalBefore: number } | null;
      regression: { at: string; fileId: string; inVersion: string | null } | null;
      wake: { at: string; fileId: string } | null;

      /** Of the decisions; to be named with the next one. */
      revision: number;
      flags: { new: boolean; regressed: boolean; spiking: boolean };

      /** The latest hour with far more than was to be expected. */
      spike: { hour: string; count: number; expected: number; foundAt: string } | null;
      mergedInto: string | null;

      /** Occurrences in each of the last 24 hours, this hour last. */
      sparkline: number[];
    };
    LogIssueDetail: {
      /** The same for the same pattern in every file and run. */
      id: string;

      /** The message with `<*>` for what varies. */
      template: string;

      /** The gravest that was seen. */
      level: 'error' | 'fatal';

      /** Whether its records are known by their stack traces or by their messages. */
      basis: 'trace' | 'message';
      total: number;
      counts: { error: number; fatal: number };
      files: number;

      /** Loggers that wrote its records; at most 16, in alphabetical order. */
      services: string[];
      firstSeen: string;
      lastSeen: string;

      /** One of its latest errors. */
      sampleErrorId: string;
      status: 'open' | 'resolved' | 'muted';
      assignee: string | null;

      /** When it came back after it had been resolved. */
      regressedAt: string | null;

      /** The status, where `assigned` is open with an owner. */
      state: 'open' | 'assigned' | 'resolved' | 'muted';

      /** As they were called when it was given to them, where that is known. */
      assigneeName: string | null;
      resolution: { at: string; inVersion: string | null; fixedAt: string | null } | null;
      mute: { at: string; until: string | null; count: number | null; totalBefore: number } | null;
      regression: { at: string; fileId: string; inVersion: string | null } | null;
      wake: { at: string; fileId: string } | null;

      /** Of the decisions; to be named with the next one. */
      revision: number;
      flags: { new: boolean; regressed: boolean; spiking: boolean };

      /** The latest hour with far more than was to be expected. */
      spike: { hour: string; count: number; expected: number; foundAt: string } | null;
      mergedInto: string | null;

      /** Occurrences in each of the last 24 hours, this hour last. */
      hours: number[];

      /** Occurrences on each of the last 30 days, UTC, today last. */
      days: { day: string; count: number }[];
      fingerprints: { id: string; template: string; total: number; firstSeen: string; lastSeen: string }[];

      /** The files that have it, the latest upload first; at most 50. */
      inFiles: { fileId: string; total: number; firstSeen: string; lastSeen: string }[];

      /** What happened to it, newest first; at most 20. */
      activities: {
        id: string;
        patternId: string;
        at: string;
        by: string | null;
        byName: string | null;
        kind: 'commented' | 'resolved' | 'muted' | 'reopened' | 'assigned' | 'regressed' | 'mute-ended' | 'spiked' | 'merged' | 'split';
        text: string | null;
        details: Record<string, string | number | null>;
      }[];

      /** A person has split it: nothing joins it by itself. */
      byHand: boolean;
    };
    LogIssue: {
      /** The same for the same pattern in every file and run. */
      id: string;

      /** The message with `<*>` for what varies. */
      template: string;

      /** The gravest that was seen. */
      level: 'error' | 'fatal';

      /** Whether its records are known by their stack traces or by their messages. */
      basis: 'trace' | 'message';
      total: number;
      counts: { error: number; fatal: number };
      files: number;

      /** Loggers that wrote its records; at most 16, in alphabetical order. */
      services: string[];
      firstSeen: string;
      lastSeen: string;

      /** One of its latest errors. */
      sampleErrorId: string;
      status: 'open' | 'resolved' | 'muted';
      assignee: string | null;

      /** When it came back after it had been resolved. */
      regressedAt: string | null;

      /** The status, where `assigned` is open with an owner. */
      state: 'open' | 'assigned' | 'resolved' | 'muted';

      /** As they were called when it was given to them, where that is known. */
      assigneeName: string | null;
      resolution: { at: string; inVersion: string | null; fixedAt: string | null } | null;
      mute: { at: string; until: string | null; count: number | null; totalBefore: number } | null;
      regression: { at: string; fileId: string; inVersion: string | null } | null;
      wake: { at: string; fileId: string } | null;

      /** Of the decisions; to be named with the next one. */
      revision: number;
      flags: { new: boolean; regressed: boolean; spiking: boolean };

      /** The latest hour with far more than was to be expected. */
      spike: { hour: string; count: number; expected: number; foundAt: string } | null;
      mergedInto: string | null;
    };
    LogAlertRule: {
      id: string;
      name: string;
      isEnabled: boolean;
      kinds: ('new' | 'regressed' | 'mute-ended' | 'spike' | 'volume')[];
      filter: { level: ('error' | 'fatal') | null; service: string | null; text: string | null; filePrefix: string | null };
      countPerHourMin: number | null;
      channel: {
        kind: 'slack' | 'webhook' | 'sns' | 'email';

        /** Of a webhook; the rest of its address is a key and is shown to nobody. */
        host: string | null;

        /** Addresses of e-mails. */
        to: string[];
      };
      createdAt: string;
      updatedAt: string;
      revision: number;
    };
    LogAlert: {
      id: string;
      ruleId: string;
      ruleName: string;
      channel: 'slack' | 'webhook' | 'sns' | 'email';
      kind: 'new' | 'regressed' | 'mute-ended' | 'spike' | 'volume' | 'more' | 'test';
      patternId: string | null;
      template: string | null;
      level: ('error' | 'fatal') | null;
      services: string[];
      count: number;
      total: number | null;
      expected: number | null;
      hour: string | null;
      file: { id: string; key: string } | null;
      status: 'pending' | 'sent' | 'refused';
      detail: string | null;
      raisedAt: string;

      /** When the channel took or refused it. */
      settledAt: string | null;
    };
  };
}

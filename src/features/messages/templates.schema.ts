import { z } from 'zod';
import { required, seenVersion } from '../../web/form.js';

export const templateForm = z.object({ version: seenVersion, text: required(2000) });

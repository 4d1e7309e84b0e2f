import { createFormat, type Format } from './i18n/format.js';
import { createTranslators, type Language } from './i18n/translate.js';
import { commonTexts } from './web/common.texts.js';
import { styleguideTexts } from './web/styleguide.texts.js';
import { accountTexts } from './features/accounts/accounts.texts.js';
import { officeTexts } from './features/offices/offices.texts.js';
import { homeTexts } from './features/home/home.texts.js';
import { institutionTexts } from './features/institutions/institutions.texts.js';
import { institutionAuditTexts } from './features/institutions/institutions.audit.texts.js';
import { institutionFieldTexts } from './features/institutions/institutions.fields.texts.js';
import { eventTexts } from './features/events/events.texts.js';
import { quotaTexts } from './features/quotas/quotas.texts.js';
import { selectionTexts } from './features/selection/selection.texts.js';
import { selectionPaperTexts } from './features/selection/paper.texts.js';
import { queueTexts } from './features/invitations/queue.texts.js';
import { invitationTexts } from './features/invitations/invitations.texts.js';
import { newcomerTexts } from './features/invitations/newcomer.texts.js';
import { mailTexts } from './features/invitations/mail.texts.js';
import { mailServerTexts } from './features/messages/mail-settings.texts.js';
import { outboxTexts } from './features/messages/messages.texts.js';
import { messageTexts } from './features/invitations/message.texts.js';
import { timelineTexts } from './features/invitations/timeline.texts.js';
import { templateTexts } from './features/messages/templates.texts.js';
import { unansweredTexts } from './features/unanswered/unanswered.texts.js';
import { whatsappTexts } from './features/whatsapp/whatsapp.texts.js';
import { invitationAuditTexts } from './features/invitations/invitations.audit.texts.js';
import { attendanceTexts } from './features/attendance/attendance.texts.js';
import { answerTexts } from './features/answers/answers.texts.js';
import { recordTexts } from './features/answers/record.texts.js';
import { issueTexts } from './features/minutes/issues.texts.js';
import { minutesTexts } from './features/minutes/minutes.texts.js';
import { minutesPaperTexts } from './features/minutes/paper.texts.js';
import { actionTexts } from './features/actions/actions.texts.js';
import { invitationLetterTexts } from './features/letters/letters.texts.js';
import { invitationLetterAuditTexts } from './features/letters/letters.audit.texts.js';
import { invitationPaperTexts } from './features/letters/paper.texts.js';
import { letterNumberTexts } from './features/letters/numbers.texts.js';
import { letterTexts } from './features/assignment-letters/letters.texts.js';
import { materialTexts } from './features/materials/materials.texts.js';
import { reminderTexts } from './features/reminders/reminders.texts.js';
import { feedTexts } from './features/feeds/feeds.texts.js';
import { auditTexts } from './features/audit/audit.texts.js';

/** Every text of the screen; each feature brings its own table. */
export const texts = {
  ...commonTexts,
  ...styleguideTexts,
  ...accountTexts,
  ...officeTexts,
  ...homeTexts,
  ...institutionTexts,
  ...institutionFieldTexts,
  ...institutionAuditTexts,
  ...eventTexts,
  ...quotaTexts,
  ...selectionTexts,
  ...selectionPaperTexts,
  ...queueTexts,
  ...invitationTexts,
  ...newcomerTexts,
  ...messageTexts,
  ...mailTexts,
  ...mailServerTexts,
  ...outboxTexts,
  ...timelineTexts,
  ...templateTexts,
  ...whatsappTexts,
  ...unansweredTexts,
  ...invitationAuditTexts,
  ...attendanceTexts,
  ...answerTexts,
  ...recordTexts,
  ...minutesTexts,
  ...minutesPaperTexts,
  ...issueTexts,
  ...actionTexts,
  ...materialTexts,
  ...letterTexts,
  ...reminderTexts,
  ...feedTexts,
  ...invitationLetterTexts,
  ...invitationLetterAuditTexts,
  ...invitationPaperTexts,
  ...letterNumberTexts,
  ...auditTexts,
};

/** Made once for the whole program. */
export const translators = createTranslators(texts);
export const formats = Object.fromEntries(
  Object.entries(translators).map(([language, t]) => [language, createFormat(language as Language, t)]),
) as Record<Language, Format>;

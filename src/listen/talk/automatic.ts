const WORDS =
  'auto(?:matic)?[\\s-]?(?:reply|response)|automatische antwort|abwesenheitsnotiz|réponse automatique|respuesta automática|risposta automatica|resposta automática|out of (?:the )?office|自动回复|自动答复|自動回覆|自動応答|自動返信'
const SUBJECT = new RegExp(`^\\s*(?:${WORDS})\\s*(?:[:：–-]|$)`, 'iu')

/** Whether mail programs begin the subject of what they send by themselves like this: `Automatic reply: …`, `自动回复：…`. */
export const isAutomaticSubject = (subject: string | undefined): boolean =>
  subject !== undefined && SUBJECT.test(subject)

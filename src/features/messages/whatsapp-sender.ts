/** A WhatsApp message that is ready to leave the house. */
export interface WhatsappMessage {
  /** E.164; null where no number is known, and whoever sends it chooses. */
  phone: string | null;
  text: string;
}

/** What is left to do for a message after a sender had it: here a person opens an address and sends it there. */
export interface HandedOver {
  way: 'by_hand';
  address: string;
}

/**
 * How WhatsApp messages leave the house. By hand now, which needs no gateway and no fee; an official API is another
 * sender, with another way in its answer (docs/decisions/072).
 */
export interface WhatsappSender {
  handOver(message: WhatsappMessage): HandedOver;
}

/** Opens WhatsApp with the text ready, on the phone or the computer of whoever taps (domain.md). */
export const byHand: WhatsappSender = {
  handOver: ({ phone, text }) => ({
    way: 'by_hand',
    address: `https://wa.me/${phone ? phone.replace('+', '') : ''}?text=${encodeURIComponent(text)}`,
  }),
};

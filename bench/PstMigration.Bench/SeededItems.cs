using System.Globalization;
using System.Text;
using PstMigration.Mapi;

namespace PstMigration.Bench;

/// <summary>Mails made up by seed: the same again for the same arguments.</summary>
/// <param name="Count">How many.</param>
/// <param name="AttachmentBytes">Bytes of an attachment; they do not compress.</param>
/// <param name="Every">Every how many mails have one; 0 for none.</param>
/// <param name="Seed">The seed.</param>
/// <param name="TextLength">Characters of a body.</param>
internal sealed record SeededItems(int Count, int AttachmentBytes, int Every, int Seed, int TextLength = SeededItems.UsualTextLength)
{
    /// <summary>The seed where none is asked for.</summary>
    public const int UsualSeed = 1;

    private const int UsualTextLength = 2048;
    private const int HtmlCodePage = 65001;
    private const int NoiseLength = 1 << 20;
    private static readonly PropertyName s_reminderSet = new(PropertySets.Common, 0x8503);
    private static readonly DateTimeOffset s_start = new(2024, 1, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly string[] s_words =
        ["invoice", "meeting", "please", "the", "forecast", "of", "report", "is", "attached", "next", "week", "order", "délai", "Straße", "請求書", "会議"];

    // Made once: as many random bytes for every attachment would take longer than writing them.
    private readonly byte[] _noise = Noise(Seed);

    /// <summary>The mail of that number, from 0.</summary>
    public MapiItem Mail(int number)
    {
        Random random = new(SeedOf(number));
        string text = Text(random);
        string sender = Numbered("Sender {0}", number % 50);
        string address = Numbered("sender{0}@example.com", number % 50);
        PropertyBag p = new();
        p.Set(PropertyTags.MessageClass, "IPM.Note");
        p.Set(PropertyTags.Subject, Numbered("Benchmark message {0}", number));
        p.Set(PropertyTags.MessageFlags, (int)MessageFlags.Read);
        p.Set(PropertyTags.ClientSubmitTime, s_start.AddMinutes(number));
        p.Set(PropertyTags.MessageDeliveryTime, s_start.AddMinutes(number).AddSeconds(5));
        p.Set(PropertyTags.SentRepresentingName, sender);
        p.Set(PropertyTags.SentRepresentingAddressType, "SMTP");
        p.Set(PropertyTags.SentRepresentingEmailAddress, address);
        p.Set(PropertyTags.SenderName, sender);
        p.Set(PropertyTags.SenderAddressType, "SMTP");
        p.Set(PropertyTags.SenderEmailAddress, address);
        p.Set(PropertyTags.Body, text);
        p.Set(PropertyTags.InternetCodepage, HtmlCodePage);
        p.Set(PropertyTags.BodyHtml, Encoding.UTF8.GetBytes("<html><body><p>" + text[..(TextLength / 2)] + "</p></body></html>"));
        p.Set(PropertyNames.Keywords, ["benchmark"]);
        p.Set(s_reminderSet, false);
        MapiItem item = new(p, [Recipient("To", number % 100, RecipientKind.To), Recipient("Cc", number % 70, RecipientKind.Cc)]);
        if (Every > 0 && number % Every == 0)
        {
            item.Attachments.Add(Attachment(Numbered("file{0}.bin", number), Content(random)));
        }

        return item;
    }

    private int SeedOf(int number) => unchecked((Seed * 16777619) ^ number);

    private string Text(Random random)
    {
        StringBuilder text = new(TextLength + 32);
        while (text.Length < TextLength)
        {
            text.Append(s_words[random.Next(s_words.Length)]).Append(random.Next(12) == 0 ? "\r\n" : " ");
        }

        return text.ToString();
    }

    private byte[] Content(Random random)
    {
        byte[] content = new byte[AttachmentBytes];
        int length;
        for (int i = 0; i < content.Length; i += length)
        {
            int start = random.Next(NoiseLength);
            length = Math.Min(NoiseLength - start, content.Length - i);
            Array.Copy(_noise, start, content, i, length);
        }

        return content;
    }

    private static byte[] Noise(int seed)
    {
        byte[] noise = new byte[NoiseLength];
        new Random(seed).NextBytes(noise);
        return noise;
    }

    private static MapiRecipient Recipient(string name, int number, RecipientKind kind)
    {
        string address = Numbered("recipient{0}@example.com", number);
        PropertyBag p = new();
        p.Set(PropertyTags.RecipientType, (int)kind);
        p.Set(PropertyTags.DisplayName, Numbered(name + " {0}", number));
        p.Set(PropertyTags.AddressType, "SMTP");
        p.Set(PropertyTags.EmailAddress, address);
        p.Set(PropertyTags.SmtpAddress, address);
        return new MapiRecipient(p);
    }

    private static MapiAttachment Attachment(string name, byte[] content)
    {
        PropertyBag p = new();
        p.Set(PropertyTags.AttachMethod, (int)AttachMethod.ByValue);
        p.Set(PropertyTags.AttachLongFilename, name);
        p.Set(PropertyTags.DisplayName, name);
        p[PropertyTags.AttachDataBinary] = PropertyValue.FromBinary(BinarySource.FromBytes(content));
        return new MapiAttachment(p);
    }

    private static string Numbered(string format, int number) => string.Format(CultureInfo.InvariantCulture, format, number);
}

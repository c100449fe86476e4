using System.Text;
using MimeKit.Tnef;
using PstMigration.Mapi;
using Xunit;
using static PstMigration.Formats.Tests.Tnef.TnefBuilder;

namespace PstMigration.Formats.Tests.Tnef;

public sealed class TnefTests
{
    [Fact]
    public void A_winmail_becomes_the_item_it_is()
    {
        byte[] tnef = Stream(
            Attribute(MessageProperties, Properties(
                Property(0x001A001F, Block(Unicode("IPM.Note.Custom"))),
                Property(0x10090102, Block(CompressedRtf.Compress(@"{\rtf1 {\b rich}}"u8))),
                Property(0x0037001F, Block(Unicode("packed subject"))),
                Property(0x00170003, U32(0)),
                Named(PropertySets.Common, 0x8506, 0x000B, U32(1)),
                Named(PropertySets.PublicStrings, "Keywords", 0x101F, [.. U32(2), .. Sized(Unicode("青")), .. Sized(Unicode("Red"))]))),
            Attribute(AttachmentStart, AttachedFile),
            Attribute(AttachmentProperties, Properties(
                Property(0x37050003, U32(1)), Property(0x3707001F, Block(Unicode("表.xlsx"))), Property(0x37010102, Block([1, 2, 3])))),
            Attribute(AttachmentStart, AttachedFile),
            Attribute(AttachmentProperties, Properties(
                Property(0x3001001F, Block(Unicode("inner"))),
                Property(0x3701000D, Block([.. EmbeddedMessage.ToByteArray(), .. Stream(Attribute(MessageProperties, Properties(Property(0x0037001F, Block(Unicode("inner"))))))])))));

        MapiItem item = MimeImport.Read(Message(tnef));

        Assert.Contains("表.xlsx", FilesFoundByAnotherReader(tnef));
        Assert.Equal("IPM.Note.Custom", item.MessageClass);
        Assert.Equal("header subject", item.Subject);
        Assert.Contains("<b>rich</b>", BodyText.Read(item).Html!, StringComparison.Ordinal);
        Assert.Equal(1, item.Properties.GetInt32(PropertyTags.Importance));
        Assert.True(item.Properties.GetBoolean(new PropertyName(PropertySets.Common, 0x8506)));
        Assert.Equal(["青", "Red"], item.Properties.GetStrings(PropertyNames.Keywords));
        Assert.Equal(["表.xlsx", "inner"], item.Attachments.Select(a => a.Name));
        Assert.Equal([1, 2, 3], item.Attachments[0].Content!.ToArray());
        Assert.Equal("inner", item.Attachments[1].OpenEmbedded().Subject);
    }

    [Fact]
    public void A_winmail_of_another_mail_stays_an_attachment()
    {
        byte[] tnef = Stream(Attribute(MessageProperties, Properties(Property(0x007F0102, Block(Encoding.ASCII.GetBytes("<other>\0"))))));

        Assert.Equal(["winmail.dat"], MimeImport.Read(Message(tnef, "X-MS-TNEF-Correlator: <this>\r\n")).Attachments.Select(a => a.Name));
        Assert.Empty(MimeImport.Read(Message(tnef, "X-MS-TNEF-Correlator: <other>\r\n")).Attachments);
        Assert.Equal(["winmail.dat"], MimeImport.Read(Message([1, 2, 3, 4, 5])).Attachments.Select(a => a.Name));
    }

    [Fact]
    public void Old_strings_are_read_in_the_code_page_of_the_stream()
    {
        byte[] tnef = Stream(
            Attribute(0x00069007, [.. U32(932), .. U32(0)]),
            Attribute(AttachmentStart, AttachedFile),
            Attribute(0x00018010, CodePages.Get(932).GetBytes("請求書.txt\0")),
            Attribute(0x0006800F, [9, 8]));

        MapiAttachment attachment = Assert.Single(MimeImport.Read(Message(tnef)).Attachments);

        Assert.Equal("請求書.txt", attachment.Name);
        Assert.Equal([9, 8], attachment.Content!.ToArray());
    }

    [Fact]
    public void A_wrong_sum_is_noticed_and_ends_nothing()
    {
        byte[] good = Attribute(MessageProperties, Properties(Property(0x001A001F, Block(Unicode("IPM.Note.X")))));
        byte[] bad = Attribute(AttachmentStart, AttachedFile);
        bad[bad.Length - 1] ^= 1;

        TnefMessage message = TnefMessage.Read(Stream(bad, Attribute(0x0006800F, [9, 8]), good), 0)!;

        Assert.True(message.IsDamaged);
        Assert.Equal("IPM.Note.X", message.ToItem().MessageClass);
        Assert.Equal([9, 8], Assert.Single(message.Attachments).Content!.ToArray());
    }

    [Fact]
    public void Noise_never_throws()
    {
        byte[] sample = Properties(
            Property(0x001A001F, Block(Unicode("IPM.Note"))), Property(0x00170003, U32(1)), Named(PropertySets.PublicStrings, "n", 0x1003, [.. U32(2), .. U32(1), .. U32(2)]),
            Property(0x3701000D, Block(new byte[20])), Property(0x00390040, new byte[8]));
        Random random = new(17);
        for (int i = 0; i < 5000; i++)
        {
            byte[] noise = (byte[])sample.Clone();
            for (int k = random.Next(1, 6); k > 0; k--)
            {
                noise[random.Next(noise.Length)] = (byte)random.Next(256);
            }

            TnefMessage? message = TnefMessage.Read(Stream(Attribute(MessageProperties, noise), Attribute(AttachmentStart, []), Attribute(AttachmentProperties, noise), Attribute(0x00069004, noise)), 0);
            Assert.NotNull(message?.ToItem());
        }
    }

    private static List<string> FilesFoundByAnotherReader(byte[] tnef)
    {
        List<string> names = [];
        using TnefReader reader = new(new MemoryStream(tnef), 0, TnefComplianceMode.Strict);
        while (reader.ReadNextAttribute())
        {
            while (reader.TnefPropertyReader.ReadNextProperty())
            {
                if (reader.TnefPropertyReader.PropertyTag.Id == TnefPropertyId.AttachLongFilename)
                {
                    names.Add(reader.TnefPropertyReader.ReadValueAsString());
                }
            }
        }

        Assert.Equal(TnefComplianceStatus.Compliant, reader.ComplianceStatus);
        return names;
    }
}

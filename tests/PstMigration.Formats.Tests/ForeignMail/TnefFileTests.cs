using System.Text;
using PstMigration.Formats.Tests.Tnef;
using PstMigration.Mapi;
using Xunit;

namespace PstMigration.Formats.Tests.ForeignMail;

/// <summary>What is in a winmail.dat that was written or carried badly.</summary>
public sealed class TnefFileTests
{
    [Fact]
    public void A_wrong_sum_costs_nothing()
    {
        MapiItem item = Corpus.Read("B10-tnef-badsum.eml");

        Assert.Equal(["x.doc", "winmail.dat"], item.Attachments.Select(a => a.Name));
        Assert.Equal("DOC", Corpus.ContentOf(item.Attachments[0]));
        Assert.Equal(AttachMethod.ByValue, item.Attachments[0].Method);
    }

    [Fact]
    public void The_text_in_it_is_the_body_where_there_is_no_other()
    {
        MapiItem item = Corpus.Read("B10-tnef-body-only.eml");

        Assert.Equal("only body", Corpus.Text(item));
        Assert.Equal(["x.doc"], item.Attachments.Select(a => a.Name));
    }

    [Fact]
    public void Its_class_is_read_by_its_old_name() => Assert.Equal("IPM.Schedule.Meeting.Request", Corpus.Read("B10-tnef-class.eml").MessageClass);

    [Theory]
    [InlineData("Microsoft Mail v3.0 IPM.Microsoft Schedule.MtgCncl", "IPM.Schedule.Meeting.Canceled")]
    [InlineData("IPM.Microsoft Mail.Note", "IPM.Note")]
    [InlineData("IPM.Custom", "IPM.Custom")]
    public void Classes_have_old_names(string stored, string known) =>
        Assert.Equal(known, MimeImport.Read(TnefBuilder.Message(TnefBuilder.Stream(TnefBuilder.Attribute(0x00078008, Encoding.ASCII.GetBytes(stored + "\0"))))).MessageClass);

    [Fact]
    public void A_class_among_the_properties_is_better()
    {
        byte[] tnef = TnefBuilder.Stream(
            TnefBuilder.Attribute(0x00078008, Encoding.ASCII.GetBytes("IPM.Microsoft Mail.Note\0")),
            TnefBuilder.Attribute(TnefBuilder.MessageProperties, TnefBuilder.Properties(TnefBuilder.Property(0x001A001F, TnefBuilder.Block(TnefBuilder.Unicode("IPM.Note.Rules"))))));

        Assert.Equal("IPM.Note.Rules", MimeImport.Read(TnefBuilder.Message(tnef)).MessageClass);
    }

    /// <summary>At whatever byte it ends: what is there is read, and the file is kept.</summary>
    [Fact]
    public void One_that_was_cut_is_read_and_kept()
    {
        byte[] whole = TnefBuilder.Stream(
            TnefBuilder.Attribute(TnefBuilder.AttachmentStart, TnefBuilder.AttachedFile),
            TnefBuilder.Attribute(0x00018010, Encoding.ASCII.GetBytes("a.txt\0")),
            TnefBuilder.Attribute(0x0006800F, Encoding.ASCII.GetBytes("content of a file")));
        for (int length = 6; length < whole.Length; length++)
        {
            MapiItem item = MimeImport.Read(TnefBuilder.Message(whole.Take(length).ToArray()));

            bool isWhole = length == 6 || item.Attachments.All(a => a.Name != "winmail.dat");
            Assert.True(!isWhole || length is 6 or 31 or 48, $"Cut at {length} and told as whole.");
            Assert.All(item.Attachments, a => Assert.NotNull(a.Content));
        }

        MapiItem cut = MimeImport.Read(TnefBuilder.Message(whole.Take(whole.Length - 5).ToArray()));
        Assert.Equal(["a.txt", "winmail.dat"], cut.Attachments.Select(a => a.Name));
        Assert.Equal("content of a f", Corpus.ContentOf(cut.Attachments[0]));
    }

    [Theory]
    [InlineData("application/octet-stream; name=winmail.dat")]
    [InlineData("application/octet-stream; name=WINMAIL.DAT")]
    [InlineData("application/vnd.ms-tnef")]
    public void It_is_known_by_its_name_too(string type)
    {
        string mime = Encoding.ASCII.GetString(TnefBuilder.Message(TnefBuilder.Nested(0))).Replace("application/ms-tnef; name=winmail.dat", type);

        Assert.Empty(Corpus.ReadText(mime).Attachments);
    }
}

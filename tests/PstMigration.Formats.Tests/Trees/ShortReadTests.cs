using System.Text;
using PstMigration.Mapi;
using Xunit;

namespace PstMigration.Formats.Tests.Trees;

/// <summary>A stream may give fewer bytes than asked for at any time, as one of a network share does.</summary>
public sealed class ShortReadTests
{
    private const string From = "From a@b.c Sun Mar  1 09:30:00 2026\n";

    [Fact]
    public void A_count_leads_to_the_end_of_a_message()
    {
        const string Text = "one\n\nFrom c@d.e Sun Mar  1 09:30:00 2026\nX: no header\n";
        using Folder folder = new();
        File.WriteAllText(folder.At("mbox"), From + "Subject: a\nContent-Length: " + Text.Length + "\n\n" + Text + "\n" + From + "Subject: b\n\ntwo\n");

        MboxMessage[] messages = [.. MboxReader.Read(folder.At("mbox"), Open)];

        Assert.Equal([MboxQuoting.Counted, MboxQuoting.Quoted], messages.Select(m => m.Quoting));
        Assert.EndsWith("\n\n" + Text, Encoding.ASCII.GetString(messages[0].Open(folder.At("mbox")).ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_count_that_leads_to_an_empty_line_between_text_does_not_count()
    {
        const string First = "one\n\n";
        const string Second = From + "Subject: b\n\ntwo\n";
        using Folder folder = new();
        File.WriteAllText(folder.At("mbox"), From + "Subject: a\nContent-Length: " + (First.Length + Second.Length) + "\n\n" + First + Second + "\nthree\n");

        Assert.Equal(2, MboxReader.Read(folder.At("mbox"), Open).Count());
    }

    [Fact]
    public void An_emlx_file_has_its_number_and_its_list()
    {
        const string Mail = "Subject: a\n\nx\n";
        using Folder folder = new();
        File.WriteAllText(
            folder.At("1.emlx"), Mail.Length + "\n" + Mail + "<plist version=\"1.0\"><dict><key>flags</key><integer>1</integer><key>date-received</key><integer>1000000000</integer></dict></plist>");

        EmlxFile file = EmlxFile.Open(folder.At("1.emlx"), Open);

        Assert.Equal(Mail, Encoding.ASCII.GetString(file.Message.ToArray()));
        Assert.True(file.State is { IsRead: true });
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1000000000), file.Received);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("a", "a\n\n")]
    [InlineData("a\n", "a\n\n")]
    [InlineData("a\n\n", "a\n\n")]
    public void An_mbox_that_is_added_to_ends_in_one_empty_line(string before, string after)
    {
        using OneByteStream stream = new(Encoding.ASCII.GetBytes(before));

        MboxChange.EndWithEmptyLine(stream);

        Assert.Equal(after, Encoding.ASCII.GetString(stream.ToArray()));
    }

    private static OneByteStream Open(string path) => new(File.ReadAllBytes(path));
}

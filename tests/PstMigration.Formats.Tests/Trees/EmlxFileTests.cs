using System.Text;
using Xunit;

namespace PstMigration.Formats.Tests.Trees;

/// <summary>Files of Apple Mail whose number of bytes is right, wrong or missing.</summary>
public sealed class EmlxFileTests
{
    private const string Message = "From: a@example.jp\nSubject: x\n\n<?xml in the text\n\n<plist>\n\nbody\n";
    private const string List = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n"
        + "<plist version=\"1.0\">\n<dict>\n\t<key>date-received</key>\n\t<integer>1425345630</integer>\n\t<key>flags</key>\n\t<integer>17</integer>\n</dict>\n</plist>\n";

    [Theory]
    [InlineData("64        \n", List, true)]
    [InlineData("64\r\n", List, true)]
    [InlineData("5\n", List, true)]
    [InlineData("99999\n", List, true)]
    [InlineData("20\n", List, true)]
    [InlineData("", List, true)]
    [InlineData("\n", List, true)]
    [InlineData("64\n", "bplist00\u0001", false)]
    [InlineData("64\n", "", false)]
    [InlineData("80\n", "", false)]
    [InlineData("5\n", "", false)]
    public void The_message_is_whole_and_nothing_else(string count, string list, bool isKnown)
    {
        using Folder folder = new();
        Assert.Equal(64, Message.Length);
        File.WriteAllText(folder.At("1.emlx"), count + Message + list, new UTF8Encoding(false));

        EmlxFile file = EmlxFile.Open(folder.At("1.emlx"));

        Assert.Equal(Message, Encoding.UTF8.GetString(file.Message.ToArray()).TrimStart('\n'));
        Assert.Equal(isKnown ? (true, true) : (null, null), (file.State?.IsRead, file.State?.IsFlagged));
        Assert.Equal(isKnown ? 1425345630L : null, file.Received?.ToUnixTimeSeconds());
    }

    [Fact]
    public void Line_ends_that_were_changed_on_the_way_cost_nothing()
    {
        using Folder folder = new();
        File.WriteAllText(folder.At("1.emlx"), ("64\n" + Message + List).Replace("\n", "\r\n"), new UTF8Encoding(false));

        EmlxFile file = EmlxFile.Open(folder.At("1.emlx"));

        Assert.Equal(Message.Replace("\n", "\r\n"), Encoding.UTF8.GetString(file.Message.ToArray()));
        Assert.True(file.State?.IsFlagged);
    }
}

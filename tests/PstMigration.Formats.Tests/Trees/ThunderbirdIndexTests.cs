using System.Text;
using PstMigration.Mapi;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Formats.Tests.Trees;

/// <summary>Thunderbird's indexes, as it wrote them and as nobody should.</summary>
public sealed class ThunderbirdIndexTests
{
    private const string Head = "// <!-- <mdb:mork:z v=\"1.4\"/> -->\n< <(a=c)> // (f=iso-8859-1)\n  (80=ns:msg:db:row:scope:msgs:all)(88=flags)(B2=storeToken)(B6=keywords)>\n";

    private static readonly string s_inbox = Path.Combine(TestData.Corpus, "thunderbird", "mbox", "Mail", "Local Folders", "Inbox");

    [Fact]
    public void What_is_noted_there_counts()
    {
        ThunderbirdIndex index = ThunderbirdIndex.OfFile(s_inbox)!;

        Assert.Equal(new MailState(true, false, false, false, false, false), index.StateOf("407", default));
        Assert.Equal(default, index.StateOf("0", new MailState(true, false, false, false, false, false)));
        Assert.Equal(["$label4", "kunde"], index.KeywordsOf("2460"));
        Assert.Equal(new MailState(true, true, true, true, true, true), index.StateOf("4242", new MailState(true, true, true, true, true, true)));
    }

    /// <summary>Thunderbird itself makes an index anew where the file has another length than it had.</summary>
    [Fact]
    public void That_of_a_file_that_has_changed_does_not()
    {
        using Folder folder = new();
        File.WriteAllText(folder.At("Inbox"), File.ReadAllText(s_inbox) + "\n");
        File.Copy(s_inbox + ".msf", folder.At("Inbox.msf"));

        Assert.Null(ThunderbirdIndex.OfFile(folder.At("Inbox")));
        Assert.Null(ThunderbirdIndex.OfFile(folder.At("None")));
    }

    [Theory]
    [InlineData("<(90=a.eml)(91=work $label1)>{1:^80 {(k^96:c)(s=9)} [1(^88=1)(^B2^90)(^B6^91)]}", 1, "work $label1")]
    [InlineData("{1:^80 {(k^96:c)} [1(^88=1)(^B2=a.eml)]}\n@$${1{@\n[1:^80(^88=5)(^B6=\\$label1 c\\\nd$C3$A9)]\n@$$}1}@", 5, "$label1 cd\u00E9")]
    [InlineData("[1:^80(^88=1004)(^B2=a.eml)]@$${2{@[-1:^80(^88=0)(^B2=a.eml)]@$$}2}@", 0, "")]
    [InlineData("[1:ns:msg:db:row:scope:msgs:all(flags=1)(storeToken=a.eml)]", 1, "")]
    public void Rows_are_read_in_all_their_forms(string rows, int flags, string keywords)
    {
        using Folder folder = new();
        File.WriteAllText(folder.At("x.msf"), Head + rows, CodePages.Get(CodePages.Latin1));

        ThunderbirdIndex index = ThunderbirdIndex.OfDirectory(folder.At("x"))!;

        Assert.Equal(((flags & 1) != 0, (flags & 4) != 0), (index.StateOf("a.eml", default).IsRead, index.StateOf("a.eml", default).IsFlagged));
        Assert.Equal(keywords, string.Join(" ", index.KeywordsOf("a.eml")));
    }

    [Fact]
    public void No_index_does_harm()
    {
        byte[] sound = File.ReadAllBytes(s_inbox + ".msf");
        Random random = new(20261130);
        for (int i = 0; i < TestScale.Of(500); i++)
        {
            byte[] spoilt = (byte[])sound.Clone();
            for (int k = random.Next(1, 9); k > 0; k--)
            {
                spoilt[random.Next(40, spoilt.Length)] = (byte)"<>[]{}()^=:@$\\-"[random.Next(15)];
            }

            Array.Resize(ref spoilt, i % 3 == 0 ? random.Next(spoilt.Length) : spoilt.Length);
            Assert.All(MorkFile.Read(spoilt)?.Rows("ns:msg:db:row:scope:msgs:all") ?? [], r => Assert.NotEmpty(r));
        }

        Assert.Empty(MorkFile.Read(Encoding.ASCII.GetBytes(Head + string.Concat(Enumerable.Repeat("{1:^80 ", 100_000))))!.Rows("x"));
    }
}

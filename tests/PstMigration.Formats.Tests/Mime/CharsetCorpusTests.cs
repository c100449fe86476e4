using System.Globalization;
using System.Text;
using PstMigration.Mapi;
using Xunit;

namespace PstMigration.Formats.Tests.Mime;

/// <summary>Mail in every charset of East Asia, each text cut at every byte, through import, export and import again.</summary>
public sealed class CharsetCorpusTests
{
    private static readonly (string Charset, int CodePage)[] s_charsets =
    [
        ("iso-2022-jp", 50220), ("iso-2022-jp", 50221), ("iso-2022-jp", 50222), ("shift_jis", 932), ("windows-31j", 932), ("euc-jp", 51932), ("utf-8", 65001),
        ("utf-7", 65000), ("gb2312", 936), ("gbk", 936), ("gb18030", 54936), ("big5", 950), ("ks_c_5601-1987", 949), ("euc-kr", 51949), ("iso-2022-kr", 50225),
    ];

    private static readonly string[] s_texts =
    [
        "会議のお知らせ", "ﾊﾝｶｸｶﾅ ﾃﾞｽ", "①②㈱㍻Ⅳ№", "髙﨑～－∥", "表示ソ能", "中文邮件测试", "繁體中文郵件", "한국어 메일", "会議😀👨\u200D👩\u200D👧", "𠮷野家", "mixed 日本 and ASCII",
    ];

    public static IEnumerable<TheoryDataRow<string, int, string>> Cases => s_charsets
        .SelectMany(c => s_texts.Where(t => CanHold(c.CodePage, t)).Select(t => new TheoryDataRow<string, int, string>(c.Charset, c.CodePage, t)));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Text_arrives_wherever_it_is_cut(string charset, int codePage, string text)
    {
        byte[] bytes = CodePages.Get(codePage).GetBytes(text);
        for (int cut = 0; cut <= bytes.Length; cut++)
        {
            byte[][] pieces = [bytes.Take(cut).ToArray(), bytes.Skip(cut).ToArray()];
            string words = string.Join("\r\n ", pieces.Where(p => p.Length > 0).Select(p => "=?" + charset + "?B?" + Convert.ToBase64String(p) + "?="));
            string quoted = string.Join("\r\n\t", pieces.Where(p => p.Length > 0).Select(p => "=?" + charset + "?Q?" + string.Concat(p.Select(b => "=" + Hex(b))) + "?="));
            string name = "filename*0*=" + charset + "''" + string.Concat(pieces[0].Select(b => "%" + Hex(b))) + ";\r\n filename*1*=" + string.Concat(pieces[1].Select(b => "%" + Hex(b))) + "%2Etxt";
            byte[] mime =
            [
                .. Encoding.ASCII.GetBytes("From: " + quoted + " <a@b.c>\r\nSubject: " + words + "\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=" + charset + "\r\n\r\n"),
                .. bytes,
                .. Encoding.ASCII.GetBytes("\r\n--b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment;\r\n " + name + "\r\n\r\nx\r\n--b--\r\n"),
            ];

            MapiItem item = MimeImport.Read(mime);
            AssertText(item, text);
            AssertText(MimeImport.Read(Mail.Bytes(item)), text);
            AssertText(MimeImport.Read(Mail.Bytes(item, new MimeExportOptions { ReplayTransportHeaders = false })), text);
        }
    }

    [Fact]
    public void Damaged_words_and_parameters_end_in_text()
    {
        string sound = "=?iso-2022-jp?B?GyRCMnE1RBsoQg==?= =?UTF-8*ja?Q?=E4=BC?=\r\n =?utf-8?q?=9A_x?=; name*0*=utf-8''%E4%BC; name*1*=%9A; name=\"x\"";
        Random random = new(31);
        for (int i = 0; i < 20_000; i++)
        {
            StringBuilder damaged = new(sound);
            for (int j = random.Next(1, 8); j > 0; j--)
            {
                damaged[random.Next(damaged.Length)] = random.Next(2) == 0 ? "=?*';%\"\\\r\n B"[random.Next(12)] : (char)random.Next(1, 0x250);
            }

            Assert.NotNull(EncodedWords.ToUtf8(damaged.ToString(), Encoding.UTF8));
            Assert.NotNull(ExtendedParameters.ToUtf8(damaged.ToString()));
        }
    }

    [Fact]
    public void Long_words_are_split_between_characters()
    {
        string text = string.Concat(Enumerable.Repeat("長😀", 60));

        string words = EncodedWords.ToUtf8("=?utf-8?B?" + Convert.ToBase64String(Encoding.UTF8.GetBytes(text)) + "?=", Encoding.UTF8);

        string[] all = words.Split(["\r\n "], StringSplitOptions.None);
        Assert.All(all, w => Assert.InRange(w.Length, 13, 75));
        Assert.Equal(text, string.Concat(all.Select(w => Encoding.UTF8.GetString(Convert.FromBase64String(w.Substring(10, w.Length - 12))))));
    }

    private static void AssertText(MapiItem item, string text)
    {
        Assert.Equal(text, item.Subject);
        Assert.Equal(text, item.Properties.GetString(PropertyTags.SentRepresentingName));
        Assert.Equal(text, item.Properties.GetString(PropertyTags.Body)!.TrimEnd('\r', '\n'));
        Assert.Equal(text + ".txt", item.Attachments.Single().Name);
    }

    private static bool CanHold(int codePage, string text)
    {
        Encoding? encoding = CodePages.Find(codePage);
        return encoding is not null && encoding.GetString(encoding.GetBytes(text)) == text;
    }

    private static string Hex(byte value) => value.ToString("X2", CultureInfo.InvariantCulture);
}

using System.Text;
using PstMigration.Mapi;
using Xunit;

namespace PstMigration.Formats.Tests.Mime;

/// <summary>Japanese mail as programs really write it, through import, export and import again.</summary>
public sealed class JapaneseMailTests
{
    private const string Text = "お世話になっております。髙橋です。\r\n資料①を添付します～\r\n";
    private const string Kana = "ﾊﾝｶｸ ｶﾅです。\r\n";

    [Theory]
    [InlineData("iso-2022-jp", 50220, "お世話になっております。\r\n資料①\r\n")]
    [InlineData("iso-2022-jp", 50221, Kana)]
    [InlineData("iso-2022-jp", 50222, Kana)]
    [InlineData("shift_jis", 932, Text + Kana)]
    [InlineData("x-sjis", 932, Text)]
    [InlineData("windows-31j", 932, Text)]
    [InlineData("cp932", 932, Text)]
    [InlineData("euc-jp", 51932, "お世話になっております。\r\n" + Kana)]
    [InlineData("utf-8", 65001, Text + Kana + "😀")]
    [InlineData("utf-7", 65000, Text)]
    [InlineData("gb2312", 936, "中文\r\n")]
    [InlineData("ks_c_5601-1987", 949, "한국어\r\n")]
    [InlineData("big5", 950, "繁體中文\r\n")]
    public void Text_bodies_arrive(string charset, int codePage, string text)
    {
        byte[] mime = [.. Ascii("Subject: x\r\nContent-Type: text/plain; charset=" + charset + "\r\n\r\n"), .. CodePages.Get(codePage).GetBytes(text)];

        AssertText(text, mime);
    }

    [Theory]
    [InlineData(932, Text)]
    [InlineData(51932, "お世話になっております。\r\n")]
    [InlineData(50220, "お世話になっております。\r\n")]
    [InlineData(65001, Text)]
    public void Undeclared_bodies_arrive(int codePage, string text)
    {
        AssertText(text, [.. Ascii("Subject: x\r\n\r\n"), .. CodePages.Get(codePage).GetBytes(text)]);
        AssertText(text, [.. Ascii("Subject: x\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\n"), .. CodePages.Get(codePage).GetBytes(text)]);
        AssertText(text, [.. Ascii("Subject: x\r\nContent-Type: text/plain; charset=x-unknown\r\n\r\n"), .. CodePages.Get(codePage).GetBytes(text)]);
    }

    [Theory]
    [InlineData("iso-2022-jp", 50221, "件名ﾊﾝｶｸ")]
    [InlineData("iso-2022-jp", 50220, "会議①のお知らせ")]
    [InlineData("shift_jis", 932, "髙橋様①ｶﾅ")]
    [InlineData("euc-jp", 51932, "会議のお知らせ")]
    [InlineData("utf-8", 65001, "会議😀")]
    public void Encoded_words_arrive(string charset, int codePage, string subject)
    {
        byte[] bytes = CodePages.Get(codePage).GetBytes(subject);
        string base64 = "=?" + charset + "?B?" + Convert.ToBase64String(bytes) + "?=";
        string quoted = "=?" + charset + "?Q?" + string.Concat(bytes.Select(b => "=" + b.ToString("X2", System.Globalization.CultureInfo.InvariantCulture))) + "?=";

        foreach (string word in new[] { base64, quoted })
        {
            MapiItem item = MimeImport.Read(Ascii("Subject: " + word + "\r\nFrom: " + word + " <a@example.jp>\r\n\r\n"));

            Assert.Equal(subject, item.Subject);
            Assert.Equal(subject, ItemParty.Author(item.Properties).Name);
            Assert.Equal(subject, MimeImport.Read(Mail.Bytes(item)).Subject);
        }
    }

    /// <summary>Old programs cut a long subject between the two bytes of a character.</summary>
    [Fact]
    public void A_character_cut_between_encoded_words_arrives()
    {
        byte[] bytes = CodePages.Get(932).GetBytes("日本語の件名");
        string first = Convert.ToBase64String(bytes.Take(3).ToArray());
        string second = Convert.ToBase64String(bytes.Skip(3).ToArray());

        MapiItem item = MimeImport.Read(Ascii("Subject: =?shift_jis?B?" + first + "?=\r\n =?shift_jis?B?" + second + "?=\r\n\r\n"));

        Assert.Equal("日本語の件名", item.Subject);
    }

    [Theory]
    [InlineData(932, "請求書について")]
    [InlineData(50220, "請求書について")]
    [InlineData(51932, "請求書について")]
    [InlineData(65001, "請求書について")]
    public void Bare_bytes_in_headers_arrive(int codePage, string subject)
    {
        Encoding encoding = CodePages.Get(codePage);
        byte[] mime =
        [
            .. Ascii("From: "), .. encoding.GetBytes("やまだ"), .. Ascii(" <a@example.jp>\r\nSubject: "), .. encoding.GetBytes(subject),
            .. Ascii("\r\nMIME-Version: 1.0\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment;\r\n filename=\""), .. encoding.GetBytes("みつもり.pdf"),
            .. Ascii("\"\r\n\r\nx"),
        ];

        MapiItem item = MimeImport.Read(mime);

        Assert.Equal(subject, item.Subject);
        Assert.Equal("やまだ", ItemParty.Author(item.Properties).Name);
        Assert.Equal("みつもり.pdf", item.Attachments[0].Name);
        Assert.Contains(subject, item.Properties.GetString(PropertyTags.TransportMessageHeaders), StringComparison.Ordinal);
        Assert.Equal(subject, MimeImport.Read(Mail.Bytes(item)).Subject);
    }

    [Theory]
    [InlineData("filename*=iso-2022-jp''%1B%24B%40A5a%3Dq%1B%28B.pdf")]
    [InlineData("filename*=utf-8''%E8%AB%8B%E6%B1%82%E6%9B%B8.pdf")]
    [InlineData("filename*0*=shift_jis'ja'%90%BF%8B%81;\r\n filename*1*=%8F%91.pdf")]
    [InlineData("filename=\"=?iso-2022-jp?B?GyRCQEE1YT1xGyhCLnBkZg==?=\"")]
    [InlineData("filename==?UTF-8?B?6KuL5rGC5pu4LnBkZg==?=")]
    public void Attachment_names_arrive(string parameter)
    {
        MapiItem item = MimeImport.Read(Ascii("Subject: x\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment;\r\n " + parameter + "\r\n\r\nx"));

        Assert.Equal("請求書.pdf", item.Attachments[0].Name);
        Assert.Equal("請求書.pdf", MimeImport.Read(Mail.Bytes(item)).Attachments[0].Name);
    }

    [Fact]
    public void Html_in_iso_2022_jp_is_kept_and_written_as_utf8()
    {
        const string Html = "<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=iso-2022-jp\"></head><body>日本語</body></html>";
        MapiItem item = MimeImport.Read([.. Ascii("Subject: x\r\nContent-Type: text/html; charset=iso-2022-jp\r\n\r\n"), .. CodePages.Get(50220).GetBytes(Html)]);

        Assert.Equal(50220, item.Properties.GetInt32(PropertyTags.InternetCodepage));
        Assert.Equal(Html, BodyText.Read(item).Html);
        Assert.Equal(Html.Replace("iso-2022-jp", "utf-8"), BodyText.Read(MimeImport.Read(Mail.Bytes(item))).Html);
    }

    private static void AssertText(string text, byte[] mime)
    {
        MapiItem item = MimeImport.Read(mime);

        Assert.Equal(text, BodyText.ReadPlainText(item));
        Assert.Equal(text, BodyText.ReadPlainText(MimeImport.Read(Mail.Bytes(item))));
    }

    private static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);
}

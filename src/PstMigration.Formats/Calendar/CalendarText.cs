using System.Text;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// Reads what a calendar says in words and files: DESCRIPTION where the message has no text of its own, ATTACH ([MS-OXCICAL] 2.1.3.1.1.20.1 and 2.1.3.1.1.20.5). What an address
/// leads to is never opened: the attachment is a shortcut.
/// </summary>
internal static class CalendarText
{
    private static readonly string[] s_links = ["http://", "https://", "ftp://"];

    public static void Read(CalendarComponent master, MapiItem item)
    {
        ReadText(master, item.Properties);
        foreach (CalendarProperty attach in master.All("ATTACH"))
        {
            if (File(attach) is MapiAttachment file)
            {
                item.Attachments.Add(file);
            }
        }
    }

    private static void ReadText(CalendarComponent master, PropertyBag p)
    {
        bool hasText = !string.IsNullOrWhiteSpace(p.GetString(PropertyTags.Body)) || p.Contains(PropertyTags.BodyHtml);
        // Who answers writes into COMMENT ([MS-OXCICAL] 2.1.3.1.1.20.5).
        string text = master.Find("DESCRIPTION")?.Text is { Length: > 0 } description ? description : master.Find("COMMENT")?.Text ?? "";
        string? html = master.All("X-ALT-DESC").FirstOrDefault(d => "text/html".Equals(d.Parameter("FMTTYPE"), StringComparison.OrdinalIgnoreCase))?.Text;
        if (hasText || (text.Length == 0 && html is null))
        {
            return;
        }

        p.Set(PropertyTags.Body, text.Length > 0 ? text : HtmlToText.Convert(html!));
        if (html is not null)
        {
            const int NativeHtml = 3;
            p.Set(PropertyTags.BodyHtml, Encoding.UTF8.GetBytes(HtmlCharset.Declare(html, "utf-8")));
            p.Set(PropertyTags.InternetCodepage, CodePages.Utf8);
            p.Set(PropertyTags.NativeBody, NativeHtml);
        }
    }

    private static MapiAttachment? File(CalendarProperty attach)
    {
        string? said = attach.Parameter("X-FILENAME") ?? attach.Parameter("FILENAME") ?? attach.Parameter("X-LABEL") ?? attach.Parameter("X-APPLE-FILENAME");
        string value = attach.Value.Trim();
        bool isData = "BASE64".Equals(attach.Parameter("ENCODING"), StringComparison.OrdinalIgnoreCase) || "BINARY".Equals(attach.Parameter("VALUE"), StringComparison.OrdinalIgnoreCase);
        if (isData)
        {
            try
            {
                return FileAttachment.Make(said, attach.Parameter("FMTTYPE"), Convert.FromBase64String(value));
            }
            catch (FormatException)
            {
                return FileAttachment.Make(said, "text/plain", Encoding.UTF8.GetBytes(value));
            }
        }

        // A part of the message has its own attachment.
        bool isPart = value.StartsWith("cid:", StringComparison.OrdinalIgnoreCase) || value.Length == 0;
        bool isLink = s_links.Any(l => value.StartsWith(l, StringComparison.OrdinalIgnoreCase)) && !value.Any(char.IsControl);
        return isPart ? null
            : isLink ? FileAttachment.Make((said ?? LastOf(value)) + ".url", "application/internet-shortcut", Encoding.UTF8.GetBytes("[InternetShortcut]\r\nURL=" + value + "\r\n"))
            : FileAttachment.Make((said ?? "link") + ".txt", "text/plain", Encoding.UTF8.GetBytes(value));
    }

    private static string LastOf(string address) => address.Split('?', '#')[0].TrimEnd('/').Split('/').Last();
}

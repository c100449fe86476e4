using System.Globalization;
using System.Text;
using System.Text.Json;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// The text of <c>index.html</c>. Its policy lets run what its own script is by hash, and what that script loads, which are pages of data in the
/// directory beside it; nothing else runs, and nothing is loaded from a network. All text of mail is data: it comes into the page as text nodes.
/// </summary>
internal static class HtmlIndexPage
{
    private const string Generator = "<meta name=\"generator\" content=\"PstMigration index 1\">";
    private const string DataStart = "<script type=\"application/json\" id=\"data\">";
    private const string ScriptEnd = "</script>";

    private static readonly Lazy<string> s_script = new(() => Resource("index.js"));
    private static readonly Lazy<string> s_sheet = new(() => Resource("index.css"));

    /// <summary>Whether a text is the name of a page of data.</summary>
    public static bool IsPageId(string text) => text.Length == 16 && text.All(c => c is (>= '0' and <= '9') or (>= 'a' and <= 'f'));

    /// <summary>Makes the page.</summary>
    /// <param name="title">What the tree is called.</param>
    /// <param name="folders">Its folders.</param>
    /// <param name="pages">Names and numbers of items of the pages of data, in the order of the folders.</param>
    public static string Build(string title, IReadOnlyList<HtmlIndexFolder> folders, IReadOnlyList<(string Id, int Count)> pages)
    {
        CultureInfo culture = Strings.Culture ?? CultureInfo.CurrentUICulture;
        StringBuilder html = new();
        html.Append("<!DOCTYPE html>\n<html").AppendAttribute("lang", culture.TwoLetterISOLanguageName == "ja" ? "ja" : "en")
            .Append(">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\"").AppendAttribute("content", Policy())
            .Append(">\n").Append(Generator).Append("\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .Append("<meta name=\"referrer\" content=\"no-referrer\">\n<title>").AppendText(ShownText.Line(title)).Append("</title>\n<style>")
            .Append(s_sheet.Value).Append("</style>\n</head>\n<body>\n<header>\n<h1 dir=\"auto\">").AppendText(ShownText.Line(title)).Append("</h1>\n<button id=\"browse\" type=\"button\">")
            .AppendText(Strings.IndexFolders).Append("</button>\n<input id=\"query\" type=\"search\" autocomplete=\"off\" spellcheck=\"false\"")
            .AppendAttribute("placeholder", Strings.IndexSearch).AppendAttribute("aria-label", Strings.IndexSearch).Append(">\n<select id=\"sort\"")
            .AppendAttribute("aria-label", Strings.IndexSort).Append('>');
        Option(html, "newest", Strings.IndexNewest);
        Option(html, "oldest", Strings.IndexOldest);
        Option(html, "sender", Strings.IndexSender);
        Option(html, "subject", Strings.IndexSubject);
        html.Append("</select>\n<p id=\"status\" role=\"status\"></p>\n</header>\n<nav id=\"folders\"").AppendAttribute("aria-label", Strings.IndexFolders)
            .Append("></nav>\n<section id=\"list\" tabindex=\"0\"").AppendAttribute("aria-label", Strings.IndexItems).Append("><div id=\"space\"></div></section>\n<main id=\"reading\"><p>")
            .AppendText(Strings.IndexChoose).Append("</p></main>\n<noscript>").AppendText(Strings.IndexNoScript).Append("</noscript>\n")
            .Append(DataStart).Append(Data(folders, pages)).Append(ScriptEnd).Append("\n<script>").Append(s_script.Value).Append("</script>\n</body>\n</html>\n");
        return html.ToString();
    }

    /// <summary>The names of the pages of data of an index; null of a file that is none.</summary>
    public static IReadOnlyList<string>? ReadPages(string html)
    {
        int start = html.IndexOf(DataStart, StringComparison.Ordinal);
        int end = start < 0 ? -1 : html.IndexOf(ScriptEnd, start, StringComparison.Ordinal);
        if (end < 0 || html.IndexOf(Generator, StringComparison.Ordinal) < 0)
        {
            return null;
        }

        try
        {
            using JsonDocument data = JsonDocument.Parse(html.Substring(start + DataStart.Length, end - start - DataStart.Length));
            return [.. data.RootElement.GetProperty("pages").EnumerateArray().Select(p => p[0].GetString() ?? "").Where(IsPageId)];
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException)
        {
            return [];
        }
    }

    private static string Policy() =>
        "default-src 'none'; script-src '" + HashOf(s_script.Value) + "' 'strict-dynamic'; style-src '" + HashOf(s_sheet.Value)
        + "'; frame-src 'self' file:; form-action 'none'; base-uri 'none'";

    private static string HashOf(string text) => "sha256-" + Convert.ToBase64String(Sha256.Hash(Encoding.UTF8.GetBytes(text)));

    private static void Option(StringBuilder html, string value, string text) =>
        html.Append("<option").AppendAttribute("value", value).Append('>').AppendText(text).Append("</option>");

    private static string Data(IReadOnlyList<HtmlIndexFolder> folders, IReadOnlyList<(string Id, int Count)> pages)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, HtmlIndexEntry.JsonOptions))
        {
            json.WriteStartObject();
            json.WriteString("directory", HtmlIndexFiles.DirectoryName);
            json.WriteNumber("start", Start(folders));
            json.WriteStartArray("folders");
            int first = 0;
            foreach (HtmlIndexFolder folder in folders)
            {
                json.WriteStartArray();
                json.WriteStringValue(folder.Name);
                json.WriteNumberValue(folder.Depth);
                json.WriteStartArray();
                folder.Path.ToList().ForEach(json.WriteStringValue);
                json.WriteEndArray();
                json.WriteNumberValue(first);
                json.WriteNumberValue(folder.Entries.Count);
                json.WriteEndArray();
                first += folder.Entries.Count;
            }

            json.WriteEndArray();
            json.WriteStartArray("pages");
            foreach ((string id, int count) in pages)
            {
                json.WriteStartArray();
                json.WriteStringValue(id);
                json.WriteNumberValue(count);
                json.WriteEndArray();
            }

            json.WriteEndArray();
            json.WriteStartObject("text");
            json.WriteString("all", Strings.IndexAll);
            json.WriteString("count", Strings.IndexCount);
            json.WriteString("found", Strings.IndexFound);
            json.WriteString("loading", Strings.IndexLoading);
            json.WriteString("missing", Strings.IndexMissing);
            json.WriteString("attachment", Strings.IndexAttachment);
            json.WriteString("noSubject", Strings.ItemUnnamed);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>The folder that is shown first: the inbox, else the first that holds something; -1 for all.</summary>
    private static int Start(IReadOnlyList<HtmlIndexFolder> folders)
    {
        List<HtmlIndexFolder> list = [.. folders];
        int inbox = list.FindIndex(f => f.Role == FolderRole.Inbox && f.Entries.Count > 0);
        return inbox >= 0 ? inbox : list.FindIndex(f => f.Entries.Count > 0);
    }

    private static string Resource(string name)
    {
        using Stream stream = typeof(HtmlIndexPage).Assembly.GetManifestResourceStream("PstMigration.Formats." + name)
            ?? throw new InvalidOperationException(name);
        using StreamReader reader = new(stream, Encoding.UTF8);
        return "\n" + reader.ReadToEnd().Replace("\r", "");
    }
}

using System.Globalization;
using System.Net;
using System.Text;
using PstMigration.Mapi;
using PstMigration.Transfer;

namespace PstMigration.Reports;

/// <summary>
/// A report as one HTML document that needs nothing else. Its policy lets run what its own script is by hash, and nothing is loaded; all text of mail is encoded, and
/// made safe to show.
/// </summary>
internal static class HtmlReport
{
    private static readonly Lazy<string> s_script = new(() => Resource("report.js"));
    private static readonly Lazy<string> s_sheet = new(() => Resource("report.css"));

    internal static string Write(TransferReport report, TimeZoneInfo zone, DateTimeOffset now)
    {
        TransferOverview overview = report.Overview;
        CultureInfo culture = Strings.Culture ?? CultureInfo.CurrentUICulture;
        StringBuilder html = new();
        string title = Shown(overview.Plan.SourceName) + " → " + Shown(overview.Plan.TargetName);
        html.Append("<!DOCTYPE html>\n<html lang=\"").Append(culture.TwoLetterISOLanguageName == "ja" ? "ja" : "en").Append("\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src '").Append(HashOf(s_script.Value)).Append("'; style-src '").Append(HashOf(s_sheet.Value))
            .Append("'; form-action 'none'; base-uri 'none'\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<title>")
            .Append(title).Append("</title>\n<style>").Append(s_sheet.Value).Append("</style>\n</head>\n<body>\n<h1>").Append(title).Append("</h1>\n<p class=\"quiet\">");
        if (overview.LastRun is JournalRun run)
        {
            html.Append(Text(LocalText.Format(Strings.ReportRun, run.Number, Time(run.Started, zone), run.Finished is DateTimeOffset end ? Time(end, zone) : "–", run.State)))
                .Append(run.Error is string error ? " <strong class=\"bad\">" + Shown(run.ErrorId + ": " + error) + "</strong>" : "");
        }

        html.Append(' ').Append(Text(LocalText.Format(Strings.ReportMade, Time(now, zone)))).Append("</p>\n<dl class=\"totals\">\n");
        JournalCounts counts = overview.Counts;
        Total(Strings.ReportItems, counts.Items);
        Total(Strings.ReportCopied, counts.Of(ItemFate.Copied));
        Total(Strings.ReportThere, counts.Of(ItemFate.AlreadyThere));
        Total(Strings.ReportSkipped, counts.Of(ItemFate.Skipped));
        Total(Strings.ReportFailed, counts.Of(ItemFate.Failed) + counts.Of(ItemFate.Unsure), isBad: true);
        html.Append("<div><dt>").Append(Text(Strings.ReportSize)).Append("</dt><dd>").Append(Size(counts.Bytes)).Append("</dd></div>\n</dl>\n");

        html.Append("<h2>").Append(Text(Strings.ReportRate)).Append("</h2>\n");
        Chart(html, report.Rate, n => report.Span is (DateTimeOffset from, DateTimeOffset to) && n is 0 or TransferReport.Buckets - 1 ? Time(n == 0 ? from : to, zone) : "", Strings.ReportRate);
        // A source need not tell sizes.
        if (report.Sizes.Sum() > 0)
        {
            html.Append("<h2>").Append(Text(Strings.ReportSizes)).Append("</h2>\n");
            Chart(html, report.Sizes, n => n == report.Sizes.Length - 1 ? "…" : "<" + Size(1024L << (2 * n)), Strings.ReportSizes);
        }


        html.Append("<h2>").Append(Text(Strings.ReportFolders)).Append("</h2>\n<div class=\"wide\"><table>\n<thead><tr><th>").Append(Text(Strings.ReportFolder)).Append("</th>");
        foreach (string head in new[] { Strings.ReportItems, Strings.ReportCopied, Strings.ReportThere, Strings.ReportSkipped, Strings.ReportFailed, Strings.ReportLossy, Strings.ReportSize })
        {
            html.Append("<th class=\"number\">").Append(Text(head)).Append("</th>");
        }

        html.Append("</tr></thead>\n<tbody>\n");
        foreach (ReportFolder folder in report.Folders)
        {
            html.Append("<tr><td class=\"text\">").Append(Shown(folder.Path)).Append("</td>");
            foreach (long value in new[] { folder.Items, folder.Copied, folder.AlreadyThere, folder.Skipped, folder.Failed, folder.WithLosses })
            {
                html.Append("<td class=\"number\">").Append(Number(value)).Append("</td>");
            }

            html.Append("<td class=\"number\">").Append(Size(folder.Bytes)).Append("</td></tr>\n");
        }

        html.Append("</tbody></table></div>\n");
        Issues(html, report);
        return html.Append("<script>").Append(s_script.Value).Append("</script>\n</body>\n</html>\n").ToString();

        void Total(string name, long value, bool isBad = false) => html.Append("<div><dt>").Append(Text(name)).Append("</dt><dd").Append(isBad && value > 0 ? " class=\"bad\"" : "").Append('>')
            .Append(Number(value)).Append("</dd></div>\n");
    }

    private static void Issues(StringBuilder html, TransferReport report)
    {
        html.Append("<h2>").Append(Text(Strings.ReportIssues)).Append("</h2>\n");
        if (report.IssueCount == 0)
        {
            html.Append("<p>").Append(Text(Strings.ReportNoIssues)).Append("</p>\n");
            return;
        }

        html.Append("<p class=\"tools\"><input id=\"query\" type=\"search\" aria-label=\"").Append(Text(Strings.ReportSearch)).Append("\" placeholder=\"").Append(Text(Strings.ReportSearch))
            .Append("\"> <select id=\"kind\" aria-label=\"").Append(Text(Strings.ReportFate)).Append("\"><option value=\"\">").Append(Text(Strings.ReportAll)).Append("</option>");
        foreach (ItemFate fate in report.Issues.Select(i => i.Fate).Distinct().OrderBy(f => f))
        {
            html.Append("<option>").Append(fate).Append("</option>");
        }

        html.Append("</select> <span id=\"shown\" class=\"quiet\" role=\"status\"></span></p>\n");
        if (report.IssueCount > report.Issues.Count)
        {
            html.Append("<p class=\"quiet\">").Append(Text(LocalText.Format(Strings.ReportCut, report.Issues.Count, report.IssueCount))).Append("</p>\n");
        }

        html.Append("<div class=\"wide\"><table id=\"issues\">\n<thead><tr>");
        foreach (string head in new[] { Strings.ReportFate, Strings.ReportFolder, Strings.ReportItem, Strings.ReportReason })
        {
            html.Append("<th>").Append(Text(head)).Append("</th>");
        }

        html.Append("</tr></thead>\n<tbody>\n");
        foreach (JournalItem item in report.Issues)
        {
            html.Append("<tr data-fate=\"").Append(item.Fate).Append("\"><td>").Append(item.Fate).Append("</td><td class=\"text\">").Append(Shown(item.Folder.ToString()))
                .Append("</td><td class=\"text\">").Append(Shown(item.Subject ?? item.Key.Id)).Append("<br><span class=\"quiet\">").Append(Shown(item.MessageClass)).Append("</span></td><td class=\"text\">")
                .Append(Shown(Reason(item))).Append("</td></tr>\n");
        }

        html.Append("</tbody></table></div>\n");
    }

    /// <summary>Why an item did not arrive whole, in one line.</summary>
    internal static string Reason(JournalItem item) => string.Join("; ", new[] { item.Reason ?? item.ReasonId ?? "" }.Concat(item.Losses.Select(l => l.ToString())).Where(t => t.Length > 0));

    private static void Chart(StringBuilder html, long[] values, Func<int, string> label, string title)
    {
        const int Width = 960;
        const int Height = 120;
        long most = Math.Max(1, values.Max());
        double step = (double)Width / values.Length;
        html.Append(FormattableString.Invariant($"<div class=\"wide\"><svg viewBox=\"0 0 {Width} {Height + 20}\" role=\"img\" aria-label=\"{Text(title)}\"><line x1=\"0\" y1=\"{Height}\" x2=\"{Width}\" y2=\"{Height}\"/>"));
        for (int i = 0; i < values.Length; i++)
        {
            double height = (double)values[i] / most * (Height - 14);
            string anchor = i == 0 ? "start" : i == values.Length - 1 ? "end" : "middle";
            double x = i == 0 ? 0 : i == values.Length - 1 ? Width : (i + 0.5) * step;
            html.Append(FormattableString.Invariant($"<rect x=\"{(i * step) + 1:0.#}\" y=\"{Height - height:0.#}\" width=\"{step - 2:0.#}\" height=\"{height:0.#}\"><title>{Number(values[i])}</title></rect>"));
            if (label(i) is { Length: > 0 } text)
            {
                html.Append(FormattableString.Invariant($"<text x=\"{x:0.#}\" y=\"{Height + 14}\" text-anchor=\"{anchor}\">{Text(text)}</text>"));
            }
        }

        html.Append("</svg></div>\n");
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private static string Shown(string text) => WebUtility.HtmlEncode(SafeText.Show(text));

    private static string Number(long value) => value.ToString("N0", CultureInfo.CurrentCulture);

    private static string Size(long bytes) => bytes == 0 ? "–" : SizeText.Of(bytes);

    private static string Time(DateTimeOffset time, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(time, zone).ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);

    private static string HashOf(string text) => "sha256-" + Convert.ToBase64String(Sha256.Hash(Encoding.UTF8.GetBytes(text)));

    private static string Resource(string name)
    {
        using Stream stream = typeof(HtmlReport).Assembly.GetManifestResourceStream("PstMigration." + name) ?? throw new InvalidOperationException(name);
        using StreamReader reader = new(stream, Encoding.UTF8);
        return "\n" + reader.ReadToEnd().Replace("\r", "");
    }
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text.Json;
using PstMigration.Mapi;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Formats.Tests.ForeignMail;

/// <summary>
/// Many mails of each kind that goes wrong elsewhere, and what people see of them. All came through Import-PstItem once, and libpff read these values from the data file.
/// </summary>
public sealed class KindTests
{
    private static readonly TimeZoneInfo s_tokyo = TimeZoneInfo.CreateCustomTimeZone("Tokyo", TimeSpan.FromHours(9), "Tokyo", "Tokyo");

    /// <summary>Names of zones are those of the system, which .NET Framework knows by half.</summary>
    private static readonly bool s_knowsZones = !RuntimeInformation.FrameworkDescription.StartsWith(".NET Framework", StringComparison.Ordinal)
        && !RuntimeInformation.FrameworkDescription.StartsWith("Mono", StringComparison.Ordinal);

    [Theory]
    [InlineData("dates")]
    [InlineData("addresses")]
    [InlineData("related-and-mixed")]
    [InlineData("broken-structure-and-types")]
    [InlineData("calendars")]
    [InlineData("charsets-and-names")]
    [InlineData("reports")]
    [InlineData("bodies")]
    [InlineData("attachments")]
    [InlineData("winmail-dates-and-ids")]
    [InlineData("japanese-and-charsets")]
    [InlineData("subjects-and-parties")]
    [InlineData("files-and-structures")]
    [InlineData("more-dates-and-reports")]
    [InlineData("more-calendars")]
    [InlineData("more-calendars-and-bodies")]
    public void Mails_of_a_kind_are_read_as_they_are_meant(string kind)
    {
        using JsonDocument cases = JsonDocument.Parse(File.ReadAllText(Path.Combine(TestData.Corpus, "mail-kinds", kind + ".json")));
        List<string> wrong = [];
        foreach (JsonElement one in cases.RootElement.EnumerateArray().Where(c => s_knowsZones || !c.TryGetProperty("zones", out _)))
        {
            MapiItem item = Corpus.ReadText(one.GetProperty("mail").GetString()!, new MimeImportOptions { IsFromOwnFile = true, TimeZone = s_tokyo });
            foreach (JsonProperty expected in one.GetProperty("expect").EnumerateObject())
            {
                string seen = Seen(item, expected.Name);
                if (seen != expected.Value.ToString())
                {
                    wrong.Add(one.GetProperty("name").GetString() + ": " + expected.Name + " is " + seen + " and not " + expected.Value);
                }
            }
        }

        Assert.Equal([], wrong);
    }

    private static string Seen(MapiItem item, string what) => what switch
    {
        "subj" => item.Subject,
        "frm" => Shown(ItemParty.Author(item.Properties)),
        "to" => string.Join(", ", item.Recipients.Where(r => r.Kind == RecipientKind.To).Select(r => r.DisplayName + " <" + (r.SmtpAddress ?? r.Properties.GetString(PropertyTags.EmailAddress)) + ">")),
        "sent" => Time(item.Properties.GetTime(PropertyTags.ClientSubmitTime), "yyyy-MM-ddTHH:mm:ss"),
        "text" => string.Join("|", (item.Properties.GetString(PropertyTags.Body) ?? "").Replace("\r", "").Split('\n').Select(l => l.TrimEnd()).Where(l => l.Length > 0)),
        "html" => (Corpus.Html(item) ?? "").Trim(),
        "files" => string.Join("; ", item.Attachments.Select(Shown)),
        "cls" => item.MessageClass,
        "cat" => string.Join(", ", item.Properties.GetStrings(PropertyNames.Keywords) ?? []),
        "start" => Time(item.Properties.GetTime(CalendarNames.Start), "yyyy-MM-ddTHH:mm"),
        "end" => Time(item.Properties.GetTime(CalendarNames.End), "yyyy-MM-ddTHH:mm"),
        "allday" => (item.Properties.GetBoolean(CalendarNames.IsAllDay) == true).ToString(),
        "rec" => (item.Properties.GetBoolean(CalendarNames.IsRecurring) == true).ToString(),
        "loc" => item.Properties.GetString(CalendarNames.Location) ?? "",
        _ => throw new ArgumentOutOfRangeException(nameof(what)),
    };

    private static string Shown(ItemParty party) => party.Name.Length + party.Address.Length == 0 ? "" : party.Name + " <" + party.Address + ">";

    private static string Shown(MapiAttachment attachment)
    {
        string text = attachment.Name + " " + (attachment.HasEmbeddedItem ? "item" : FormattableString.Invariant($"{attachment.Content!.Measure()}"));
        return attachment.Properties.GetBoolean(PropertyTags.AttachmentHidden) == true ? "(" + text + ")" : text;
    }

    private static string Time(DateTimeOffset? time, string format) => time?.UtcDateTime.ToString(format, System.Globalization.CultureInfo.InvariantCulture) ?? "";
}

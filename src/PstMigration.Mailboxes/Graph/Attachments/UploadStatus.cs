using System.Globalization;
using System.Net.Http;
using System.Text.Json;

namespace PstMigration.Mailboxes;

/// <summary>What an answer says about an upload session.</summary>
internal static class UploadStatus
{
    private const string Ranges = "nextExpectedRanges";

    /// <summary>
    /// The byte an upload session expects next, of <c>{"nextExpectedRanges":["3932160"]}</c>: one value with or without an end ("0-"), named with any case (Microsoft Graph,
    /// uploadSession and "Attach large files to Outlook messages"). Null where the answer does not say, or names a byte the attachment has not.
    /// </summary>
    public static async Task<long?> ReadAsync(HttpResponseMessage response, long length)
    {
        if (response.Content is not HttpContent body)
        {
            return null;
        }

        try
        {
            using JsonDocument json = JsonDocument.Parse(await body.ReadAsStreamAsync().ConfigureAwait(false));
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.EnumerateObject().FirstOrDefault(p => string.Equals(p.Name, Ranges, StringComparison.OrdinalIgnoreCase)).Value is { ValueKind: JsonValueKind.Array } ranges
                && ranges.EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.String } first
                && long.TryParse(first.GetString()!.Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out long start)
                && start <= length
                ? start
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;

namespace PstMigration.Sandbox;

/// <summary>
/// Upload sessions for attachments (concepts/outlook-large-attachments). The URL is the permission: a bearer token sent to it is an
/// error. Chunks come in order; where one is cut short, the session still expects what it expected before.
/// </summary>
internal static class UploadHandlers
{
    private const string OutlookBase = "https://outlook.office.com";
    private const string Prefix = "api";

    /// <summary>Whether a path is that of an upload URL.</summary>
    public static bool IsUpload(IReadOnlyList<string> segments) =>
        segments.Count > 1 && segments[0] == Prefix && segments[1] == "gv1.0";

    /// <summary>Whether a request goes to an upload URL.</summary>
    public static bool IsUpload(GraphRequest request) => IsUpload(request.Segments);

    /// <summary>Bytes a chunk says it has.</summary>
    public static long ChunkLength(GraphRequest request) => Range(request).Length;

    /// <summary>Opens a session.</summary>
    public static GraphAnswer Create(GraphCall call)
    {
        MailItem item = AttachmentHandlers.ItemToChange(call);
        UploadRow row = ReadItem(call, item);
        AttachmentJson.CheckSize(call, row.Total);
        if (row.Total < call.Options.Limits.UploadSessionBytes && call.Behaviour.RefusesSmallUploadSessions)
        {
            throw GraphException.BadRequest("ErrorAttachmentSizeShouldNotBeLessThanMinimumSize", "Attachment size should not be less than the minimum size.");
        }

        row = call.Store.Uploads.Insert(row with { Secret = NewSecret(), Content = call.Store.Contents.Create() });
        JsonBody body = new();
        body.Writer.WriteStartObject();
        body.Writer.WriteString("@odata.context", call.Request.BaseUrl + "/$metadata#microsoft.graph.uploadSession");
        body.Writer.WriteString("uploadUrl", Url(call, item, row));
        body.Writer.WriteString("expirationDateTime", GraphTime.Format(row.Expires, wholeSeconds: false));
        body.Writer.WriteStartArray("nextExpectedRanges");
        body.Writer.WriteStringValue("0-");
        body.Writer.WriteEndArray();
        body.Writer.WriteEndObject();
        return new GraphAnswer(HttpStatusCode.Created, body.Finish());
    }

    /// <summary>Takes a chunk. Its pieces are stored as they come in; that they count is one step at the end.</summary>
    public static GraphAnswer Put(GraphCall call)
    {
        UploadRow row = call.Store.Run(() => Find(call));
        (long start, long length, long total) = Range(call.Request);
        if (total != row.Total || start + length > total)
        {
            throw GraphException.BadRequest("ErrorInvalidRequest", "The Content-Range header does not fit the size of the session.");
        }

        if (start != row.Received)
        {
            throw new GraphException(
                HttpStatusCode.RequestedRangeNotSatisfiable,
                "ErrorInvalidRange",
                string.Format(CultureInfo.InvariantCulture, "Chunks must be uploaded in order; byte {0} is expected next.", row.Received));
        }

        long end = Store(call, row, start, length);
        return call.Store.Run(() => Finish(call, row, end));
    }

    /// <summary>Says which byte is expected next.</summary>
    public static GraphAnswer Status(GraphCall call) => call.Behaviour.AnswersUploadStatus
        ? Expects(Find(call))
        : throw new GraphException(HttpStatusCode.MethodNotAllowed, "ErrorInvalidRequest", "The HTTP verb is not allowed for an upload session.");

    /// <summary>Gives a session up.</summary>
    public static GraphAnswer Cancel(GraphCall call)
    {
        UploadRow row = Find(call);
        call.Store.Contents.Delete(row.Content);
        call.Store.Uploads.Delete(row);
        return GraphAnswer.NoContent;
    }

    private static long Store(GraphCall call, UploadRow row, long start, long length)
    {
        Stream stream = call.Request.BodyStream ?? throw GraphException.BadRequest("ErrorInvalidRequest", "The chunk is empty.");
        byte[] buffer = new byte[ContentTable.PieceSize];
        long at = start;
        call.Store.Run(() =>
        {
            call.Store.Contents.Truncate(row.Content, start);
            return true;
        });
        int read;
        while ((read = ContentTable.ReadFull(stream, buffer)) > 0)
        {
            byte[] piece = read == buffer.Length ? buffer : buffer.AsSpan(0, read).ToArray();
            if (at + read > start + length)
            {
                break;
            }

            call.Store.Run(() =>
            {
                call.Store.Contents.Write(row.Content, at, piece);
                return true;
            });
            at += read;
        }

        return read == 0 && at == start + length
            ? at
            : throw GraphException.BadRequest("ErrorInvalidRequest", "The chunk has not as many bytes as its Content-Range header says.");
    }

    private static GraphAnswer Finish(GraphCall call, UploadRow row, long end)
    {
        call.Store.Contents.SetLength(row.Content, end);
        if (end < row.Total)
        {
            call.Store.Uploads.SetReceived(row, end);
            return Expects(row with { Received = end });
        }

        MailItem item = call.Store.Items.Find(row.Item) ?? throw GraphException.ItemNotFound();
        AttachmentRow attachment = call.Store.Attachments.Insert(new AttachmentRow(
            0, item.Number, AttachmentKind.File, row.Name, row.ContentType, row.IsInline, row.ContentId, null, row.Total, call.Store.Now, row.Content, null));
        item.AttachmentCount += row.IsInline ? 0 : 1;
        call.Store.Items.Update(item);
        call.Store.Uploads.Delete(row);
        Uri url = new(call.Request.BaseUrl);
        return new GraphAnswer(HttpStatusCode.Created)
        {
            Headers =
            {
                ["Location"] = url.GetLeftPart(UriPartial.Authority) + "/api/v2.0/Users('" + Uri.EscapeDataString(call.Store.Address) + "')/Messages('"
                    + call.ItemId(item) + "')/Attachments('" + call.AttachmentId(item, attachment) + "')",
            },
        };
    }

    private static GraphAnswer Expects(UploadRow row)
    {
        JsonBody body = new();
        body.Writer.WriteStartObject();
        body.Writer.WriteString("ExpirationDateTime", GraphTime.Format(row.Expires, wholeSeconds: false));
        body.Writer.WriteStartArray("nextExpectedRanges");
        body.Writer.WriteStringValue(row.Received.ToString(CultureInfo.InvariantCulture));
        body.Writer.WriteEndArray();
        body.Writer.WriteEndObject();
        return new GraphAnswer(HttpStatusCode.OK, body.Finish());
    }

    private static UploadRow Find(GraphCall call)
    {
        if (call.Request.Header("Authorization") is not null)
        {
            throw new GraphException(HttpStatusCode.Unauthorized, "InvalidAuthenticationToken", "An upload URL is used without an Authorization header.");
        }

        UploadRow? row = call.Store.Uploads.Find(call.Query.Value("authtoken") ?? "");
        return row is not null && row.Expires > call.Store.Now && call.Store.Items.Find(row.Item) is not null
            ? row
            : throw new GraphException(HttpStatusCode.NotFound, "ErrorItemNotFound", "The upload session was not found or has expired.");
    }

    private static UploadRow ReadItem(GraphCall call, MailItem item)
    {
        JsonElement parameter = Json.Find(call.Body, "AttachmentItem") ?? throw GraphException.Json("AttachmentItem is missing.");
        UploadRow row = new(0, "", item.Number, null, null, false, null, -1, 0, call.Store.Now + call.Options.UploadSessionLifetime.Ticks, 0);
        string? type = null;
        foreach (JsonProperty property in Json.Object(parameter, "AttachmentItem"))
        {
            row = property.Name switch
            {
                "name" => row with { Name = Json.Text(property.Value, "name") },
                "contentType" => row with { ContentType = Json.Text(property.Value, "contentType") },
                "contentId" => row with { ContentId = Json.Text(property.Value, "contentId") },
                "isInline" => row with { IsInline = Json.Boolean(property.Value, "isInline") },
                "size" => row with { Total = Json.Number(property.Value, "size") },
                _ => row,
            };
            if (property.Name == "attachmentType")
            {
                type = Json.Text(property.Value, "attachmentType");
            }
            else if (property.Name is not ("name" or "contentType" or "contentId" or "isInline" or "size"))
            {
                Json.Unknown(property, "attachmentItem");
            }
        }

        return type == "file" && row.Total >= 0 && row.Name is not null
            ? row
            : throw GraphException.Property("An upload session needs attachmentType file, a name and a size.");
    }

    private static (long Start, long Length, long Total) Range(GraphRequest request)
    {
        string[] parts = (request.Header("Content-Range") ?? "").Split(' ', '-', '/');
        if (request.Method == "PUT" && parts.Length == 4 && parts[0] == "bytes" && TryNumber(parts[1], out long start) && TryNumber(parts[2], out long last)
            && TryNumber(parts[3], out long total) && last >= start && last < total)
        {
            return (start, last - start + 1, total);
        }

        throw GraphException.BadRequest("ErrorInvalidRequest", "A Content-Range header such as 'bytes 0-99/1000' is needed.");
    }

    private static bool TryNumber(string text, out long number) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static string Url(GraphCall call, MailItem item, UploadRow row)
    {
        return Authority(call, OutlookBase) + "/" + string.Join("/", new[] { Prefix, "gv1.0", "users", call.Store.Address, item.Kind == ItemKind.Event ? "events" : "messages", call.ItemId(item), "attachmentSessions", row.Number.ToString(CultureInfo.InvariantCulture) }
            .Select(Uri.EscapeDataString)) + "?authtoken=" + row.Secret;
    }

    /// <summary>Where addresses of their own begin: where the service has them, or where a sandbox on a socket is.</summary>
    public static string Authority(GraphCall call, string service)
    {
        Uri graph = new(call.Request.BaseUrl);
        bool microsoft = graph.Host.EndsWith(".microsoft.com", StringComparison.OrdinalIgnoreCase) || graph.Host.EndsWith(".microsoft.us", StringComparison.OrdinalIgnoreCase);
        return call.Options.UploadBase?.GetLeftPart(UriPartial.Authority) ?? (microsoft ? service : graph.GetLeftPart(UriPartial.Authority));
    }

    /// <summary>What nobody guesses.</summary>
    public static string NewSecret()
    {
        byte[] bytes = new byte[32];
        using (RandomNumberGenerator random = RandomNumberGenerator.Create())
        {
            random.GetBytes(bytes);
        }

        return Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
    }
}

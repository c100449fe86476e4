using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// The pictures of one item that exported HTML may show: those inside RTF, those attached, found by Content-ID or Content-Location, and those given as
/// <c>data:</c>. Only formats that hold no script, told by their first bytes, whatever they say they are.
/// </summary>
internal sealed class HtmlPictures
{
    private readonly Dictionary<string, MapiAttachment> _byId = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, MapiAttachment> _byLocation = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<MapiAttachment> _shown = [];
    private readonly IReadOnlyList<RtfPicture> _inRtf;
    private readonly long _maximumSize;
    private long _left;

    /// <summary>The pictures of an item.</summary>
    /// <param name="item">The item.</param>
    /// <param name="places">Where native RTF shows attachments.</param>
    /// <param name="inRtf">Those that were inside the RTF itself.</param>
    /// <param name="options">The sizes.</param>
    public HtmlPictures(MapiItem item, IEnumerable<RtfPlace> places, IReadOnlyList<RtfPicture> inRtf, HtmlExportOptions options)
    {
        _inRtf = inRtf;
        _maximumSize = options.MaximumPictureSize;
        _left = options.MaximumPicturesSize;
        foreach (MapiAttachment attachment in item.Attachments)
        {
            if (attachment.Method != AttachMethod.ByValue)
            {
                continue;
            }

            Add(_byId, MimeAttachmentBuilder.ContentIdOf(attachment), attachment);
            Add(_byLocation, attachment.Properties.GetString(PropertyTags.AttachContentLocation), attachment);
        }

        foreach (RtfPlace place in places)
        {
            Add(_byId, place.ContentId, place.Attachment);
        }
    }

    /// <summary>Attachments that are shown whole inside the HTML.</summary>
    public IReadOnlyCollection<MapiAttachment> Shown => _shown;

    /// <summary>The picture of an address as a <c>data:</c> address; null where it may not or cannot be shown.</summary>
    /// <exception cref="MailDataException">The attachment cannot be read.</exception>
    public string? Find(string address)
    {
        string clean = HtmlLink.Clean(address);
        if (clean.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            return Data(clean);
        }

        string? id = clean.StartsWith("cid:", StringComparison.OrdinalIgnoreCase) ? clean.Substring(4) : null;
        if (id is not null && _inRtf.FirstOrDefault(p => p.ContentId == id) is RtfPicture inside)
        {
            return inside.Data.Length > Math.Min(_maximumSize, _left) ? null : Embed(inside.Data);
        }

        bool isFound = id is null
            ? _byLocation.TryGetValue(clean, out MapiAttachment? attachment)
            : _byId.TryGetValue(id, out attachment) || _byId.TryGetValue(Uri.UnescapeDataString(id), out attachment);
        if (!isFound || attachment!.Content is not BinarySource content || content.IsLongerThan(Math.Min(_maximumSize, _left)))
        {
            return null;
        }

        string? picture = Embed(content.ToArray());
        if (picture is not null)
        {
            _shown.Add(attachment);
        }

        return picture;
    }

    private static void Add(Dictionary<string, MapiAttachment> names, string? name, MapiAttachment attachment)
    {
        if (!string.IsNullOrWhiteSpace(name) && !names.ContainsKey(name!.Trim()))
        {
            names.Add(name.Trim(), attachment);
        }
    }

    private string? Data(string address)
    {
        int comma = address.IndexOf(',');
        bool isBase64 = comma > 0 && address.Substring(0, comma).EndsWith(";base64", StringComparison.OrdinalIgnoreCase);
        if (!isBase64 || address.Length > Math.Min(_maximumSize, _left) * 4 / 3 + comma + 4)
        {
            return null;
        }

        try
        {
            return Embed(Convert.FromBase64String(address.Substring(comma + 1)));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private string? Embed(byte[] bytes)
    {
        if (PictureFormat.Detect(bytes) is not string type)
        {
            return null;
        }

        _left -= bytes.Length;
        return "data:" + type + ";base64," + Convert.ToBase64String(bytes);
    }
}

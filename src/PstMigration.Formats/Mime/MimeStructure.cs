using MimeKit;

namespace PstMigration.Formats;

/// <summary>
/// Tells body from attachments: what a reader would show, one part after the other, what is shown inside of its HTML, and the rest ([MS-OXCMAIL] 2.2.3.3.2;
/// RFC 2046 5.1.3 and 5.1.4). Depth is limited by the parser.
/// </summary>
internal sealed class MimeStructure
{
    private readonly bool _isFromOwnFile;
    private readonly List<(MimeEntity Part, bool IsRelated)> _attachments = [];

    private MimeStructure(bool isFromOwnFile) => _isFromOwnFile = isFromOwnFile;

    /// <summary>What is shown where there is no markup, in its order; HTML among it has no other text.</summary>
    public IReadOnlyList<BodyPart> Plain { get; private set; } = [];

    /// <summary>What is shown with markup, in its order, plain text among it; empty where all is plain.</summary>
    public IReadOnlyList<BodyPart> Rich { get; private set; } = [];

    /// <summary>RTF the HTML was made from; null but in files of this project.</summary>
    public MimePart? Rtf { get; private set; }

    /// <summary>All that is not shown as body, in its order; related parts may be shown inside of the HTML.</summary>
    public IReadOnlyList<(MimeEntity Part, bool IsRelated)> Attachments => _attachments;

    /// <summary>Makes attachments of parts that are shown: the body has no room for them.</summary>
    public void Attach(IEnumerable<BodyPart> parts) => _attachments.AddRange(parts.Select(p => ((MimeEntity)p.Part, false)));

    /// <summary>Walks a message.</summary>
    /// <param name="body">Its body.</param>
    /// <param name="isFromOwnFile">Whether RTF beside HTML is what the HTML was made from; elsewhere it is an attachment.</param>
    public static MimeStructure Of(MimeEntity? body, bool isFromOwnFile = false)
    {
        MimeStructure structure = new(isFromOwnFile);
        Shown shown = body is null ? Shown.Nothing : structure.Walk(body, isAlone: true, canBeNamed: true);
        structure.Plain = shown.Plain;
        structure.Rich = shown.Rich;
        if (structure is { Rtf: MimePart alone, Rich.Count: 0 })
        {
            structure._attachments.Insert(0, (alone, false));
            structure.Rtf = null;
        }

        return structure;
    }

    /// <param name="part">The part.</param>
    /// <param name="isAlone">Whether it is the whole message.</param>
    /// <param name="canBeNamed">Whether it is no file though it is called something.</param>
    /// <param name="isBody">Whether its place says that it is shown, whatever its disposition.</param>
    private Shown Walk(MimeEntity part, bool isAlone, bool canBeNamed, bool isBody = false)
    {
        if (part is Multipart multipart)
        {
            return multipart.ContentType.MediaSubtype.ToUpperInvariant() switch
            {
                "ALTERNATIVE" => WalkAlternative(multipart),
                "RELATED" => WalkRelated(multipart, isAlone, canBeNamed),
                "APPLEDOUBLE" or "X-APPLEDOUBLE" => Attach(multipart),
                "REPORT" => WalkSequence(multipart, isAlone, mostShown: 1),
                _ => WalkSequence(multipart, isAlone, mostShown: int.MaxValue),
            };
        }

        if (part is MimePart leaf && (isBody || part.ContentDisposition?.IsAttachment != true) && (canBeNamed || !BodyPart.IsNamed(part)))
        {
            if (_isFromOwnFile && part.ContentType.IsMimeType("application", "rtf") && part.Headers.Contains(OwnHeaders.InRtf) && Rtf is null && !isAlone)
            {
                Rtf = leaf;
                return Shown.Nothing;
            }

            if (BodyPart.Of(leaf, isAlone) is BodyPart body)
            {
                return Shown.Of(body);
            }
        }

        if (Rtf is not null && part.Headers.Contains(OwnHeaders.InRtf))
        {
            // The RTF has it.
            return Shown.Nothing;
        }

        return Attach(part);
    }

    private Shown Attach(MimeEntity part, bool isRelated = false)
    {
        _attachments.Add((part, isRelated));
        return Shown.Nothing;
    }

    /// <summary>
    /// Of several versions of the same the last of each kind that can be shown is taken, as the best its sender had. Others of a kind of their own
    /// say nothing more; a second one of the same kind may, and stays a file.
    /// </summary>
    private Shown WalkAlternative(Multipart multipart)
    {
        bool hasHtml = multipart.Any(c => c is Multipart || c.ContentType.IsMimeType("text", "html"));
        bool AddsNothing(MimeEntity part) => BodyPart.IsOtherText(part) || (hasHtml && BodyPart.IsRtf(part) && !part.Headers.Contains(OwnHeaders.InRtf));

        // Where every version is said to be a file, none is: they are the message.
        bool isBody = multipart.Count > 1 && multipart.All(c => c is TextPart { IsAttachment: true });
        List<Shown> versions = [.. multipart.Where(c => !AddsNothing(c)).Select(c => Walk(c, isAlone: multipart.Count == 1, canBeNamed: true, isBody))];
        if (versions.TrueForAll(v => v.Count == 0) && multipart.LastOrDefault(BodyPart.IsOtherText) is MimeEntity other)
        {
            return Walk(other, isAlone: true, canBeNamed: true);
        }

        // A version with nothing in it is the worst.
        versions = versions.Exists(v => !v.IsBlank) ? versions.FindAll(v => !v.IsBlank) : versions;
        Shown plain = versions.FindLast(v => v.Rich.Count == 0 && v.Plain.Count > 0) ?? Shown.Nothing;
        Shown rich = versions.Where(v => v.Rich.Count > 0).OrderBy(v => v.Rank).LastOrDefault() ?? Shown.Nothing;
        foreach (Shown second in versions.Where(v => v != plain && v != rich && (v.Rank == 0 || v.Rank == rich.Rank)))
        {
            foreach (BodyPart part in second.Parts)
            {
                Attach(part.Part);
            }
        }

        return new Shown(plain.Plain.Count > 0 ? plain.Plain : rich.Plain, rich.Rich);
    }

    private Shown WalkRelated(Multipart multipart, bool isAlone, bool canBeNamed)
    {
        // A start that names no part, or a picture, leaves the first text as the one the others are related to.
        MimeEntity? root = (multipart as MultipartRelated)?.Root is MimeEntity named and (TextPart or Multipart) ? named
            : multipart.FirstOrDefault(c => c is TextPart or Multipart) ?? multipart.FirstOrDefault();
        Shown shown = Shown.Nothing;
        foreach (MimeEntity child in multipart)
        {
            // Text without an id cannot be shown inside of the HTML: somebody put it behind.
            bool isText = child is TextPart && child.ContentId is null && child.ContentLocation is null;
            if (child == root || isText || (child is Multipart && !AppleFile.IsDouble(child)))
            {
                // The disposition of a root says nothing (RFC 2387 4).
                shown = shown.Then(Walk(child, isAlone && multipart.Count == 1, canBeNamed && child == root, isBody: child == root));
            }
            else if (Rtf is null || !child.Headers.Contains(OwnHeaders.InRtf))
            {
                Attach(child, isRelated: true);
            }
        }

        return shown;
    }

    private Shown WalkSequence(Multipart multipart, bool isAlone, int mostShown)
    {
        Shown shown = Shown.Nothing;
        bool hasUnnamed = multipart.Any(c => c is Multipart || (c is TextPart && !BodyPart.IsNamed(c)));
        foreach (MimeEntity child in multipart)
        {
            bool isOnly = isAlone && multipart.Count == 1;

            // A first part that is called something, but not as a file is, is the message with a name (common behaviour of mail programs); HTML in line is one all the same.
            bool isFirst = child == multipart[0] && !hasUnnamed && (child.ContentDisposition?.FileName is null || child.ContentType.IsMimeType("text", "html"));
            if (shown.Count >= mostShown)
            {
                Attach(child);
            }
            else
            {
                shown = shown.Then(Walk(child, isOnly, isOnly || isFirst));
            }
        }

        return shown;
    }

    /// <summary>What is shown of a part: without markup, and with it where there is any.</summary>
    private sealed record Shown(IReadOnlyList<BodyPart> Plain, IReadOnlyList<BodyPart> Rich)
    {
        public static readonly Shown Nothing = new([], []);

        public int Count => Plain.Count + Rich.Count;

        public bool IsBlank => Count > 0 && Parts.All(p => p.IsBlank);

        public IEnumerable<BodyPart> Parts => Rich.Count > 0 ? Rich : Plain;

        /// <summary>How good its markup is.</summary>
        public int Rank => Rich.Count == 0 ? 0 : Rich.Max(p => (int)p.Kind);

        public static Shown Of(BodyPart part) => part.Kind == BodyKind.Plain ? new Shown([part], []) : new Shown([], [part]);

        /// <summary>One behind the other.</summary>
        public Shown Then(Shown next)
        {
            if (Count == 0 || next.Count == 0)
            {
                return Count == 0 ? next : this;
            }

            bool isRich = Rich.Count > 0 || next.Rich.Count > 0;
            return new Shown([.. Texts, .. next.Texts], isRich ? [.. Parts, .. next.Parts] : []);
        }

        private IEnumerable<BodyPart> Texts => Plain.Count > 0 ? Plain : Rich;
    }
}

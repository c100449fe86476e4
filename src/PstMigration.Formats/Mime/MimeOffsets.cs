using MimeKit;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>A stretch of bytes: the headers and the body of a message or a part.</summary>
/// <param name="Source">The bytes.</param>
/// <param name="Begin">The first of the headers.</param>
/// <param name="Body">The first of the body.</param>
/// <param name="End">Behind the last.</param>
internal readonly record struct MimeExtent(BinarySource Source, long Begin, long Body, long End);

/// <summary>Where messages are in the bytes they were parsed from.</summary>
internal sealed class MimeOffsets
{
    private readonly Dictionary<MimeMessage, MimeExtent> _messages = [];

    /// <summary>What was kept from the parser of the headers of the outermost message; null for nothing.</summary>
    public HeaderLimit? Limit { get; set; }

    /// <summary>Whether there are headers of parts, or of messages in the message, that were not read to their end.</summary>
    public bool HasLongHeaders { get; set; }

    /// <summary>What is behind the last part that was told apart; null for nothing.</summary>
    public BinarySource? Rest { get; set; }

    /// <summary>Gives <see cref="Rest"/> to the message that was parsed, and not to those in it, which are read later.</summary>
    public BinarySource? TakeRest()
    {
        BinarySource? rest = Rest;
        Rest = null;
        return rest;
    }

    public void Add(BinarySource source, MimeMessageEndEventArgs e) => _messages[e.Message] = new MimeExtent(source, e.BeginOffset, e.HeadersEndOffset, e.EndOffset);

    public MimeExtent Of(MimeMessage message) => _messages[message];
}

using System.Collections.Generic;
using MimeKit;

namespace PstMigration.Formats;

/// <summary>Where messages lie in the bytes they were parsed from.</summary>
internal sealed class MimeOffsets
{
    private readonly Dictionary<MimeMessage, (long Begin, long Body, long End)> _messages = [];

    public void Add(MimeMessageEndEventArgs e) => _messages[e.Message] = (e.BeginOffset, e.HeadersEndOffset, e.EndOffset);

    /// <summary>The first byte of the headers, of the body, and the end.</summary>
    public (long Begin, long Body, long End) Of(MimeMessage message) => _messages[message];
}

using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>One message in an mbox file.</summary>
/// <param name="Start">The first byte of its From_ line; of the message where it has none.</param>
/// <param name="Begin">The first byte behind its From_ line.</param>
/// <param name="End">Behind its last byte, without the empty line that ends it.</param>
/// <param name="Stop">Behind the empty line that ends it.</param>
/// <param name="Quoting">How lines that begin with From_ are written.</param>
/// <param name="Quotes">How many quotes reading takes out.</param>
/// <param name="Id">32 hexadecimal digits of a hash of its bytes without what mail programs change in place; empty where it was not asked for.</param>
/// <param name="Head">Its state and marker.</param>
/// <param name="Time">When it was received, as its From_ line says; null where that says nothing.</param>
internal sealed record MboxMessage(
    long Start, long Begin, long End, long Stop, MboxQuoting Quoting, int Quotes, string Id, MessageHead Head, DateTimeOffset? Time)
{
    /// <summary>The message as it was before it was put into the file.</summary>
    public BinarySource Open(string path)
    {
        FileSource stored = new(path, Begin, End);
        return Quotes == 0 ? stored : new UnquotedSource(stored, Quotes);
    }
}

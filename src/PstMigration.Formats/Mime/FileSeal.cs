using System.Security.Cryptography;
using System.Text;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// What a file of mail says of its message, so that a reader knows whether anybody has changed that since: SHA-256 of all its bytes but those that change without it. These are the headers
/// of the file (state, keywords, where it comes from), returns, and feeds at the end.
/// </summary>
internal sealed class FileSeal : SinkStream
{
    /// <summary>No header line is longer; of what is none so much is held in memory.</summary>
    private const int LongestLine = 64 * 1024;

    private static readonly byte[] s_feed = [(byte)'\n'];

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly List<byte> _line = [];
    private bool _isBody;
    private bool _isSkipped;
    private long _feeds;

    /// <summary>The seal of a message as a file has it.</summary>
    /// <exception cref="MailDataException">It cannot be read.</exception>
    public static string Of(BinarySource mime)
    {
        using FileSeal seal = new();
        using Stream stream = mime.OpenRead();
        stream.CopyTo(seal);
        return seal.Finish();
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count)
    {
        int end = offset + count;
        for (; !_isBody && offset < end; offset++)
        {
            AddToHeaders(buffer[offset]);
        }

        for (int start = offset; offset < end; start = offset)
        {
            while (offset < end && buffer[offset] is not ((byte)'\r' or (byte)'\n'))
            {
                offset++;
            }

            Append(buffer, start, offset - start);
            for (; offset < end && buffer[offset] is (byte)'\r' or (byte)'\n'; offset++)
            {
                _feeds += buffer[offset] == '\n' ? 1 : 0;
            }
        }
    }

    /// <summary>The seal of what was written: 64 lower-case hexadecimal digits.</summary>
    public string Finish()
    {
        EndLine();
        return Hex.Lower(_hash.GetHashAndReset());
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _hash.Dispose();
        }

        base.Dispose(disposing);
    }

    private void AddToHeaders(byte value)
    {
        if (value == '\n')
        {
            _isBody = _line.Count == 0;
            EndLine();
            _feeds++;
        }
        else if (value != '\r')
        {
            _line.Add(value);
            if (_line.Count == LongestLine)
            {
                EndLine();
            }
        }
    }

    private void EndLine()
    {
        if (_line.Count == 0)
        {
            return;
        }

        byte[] line = [.. _line];
        _line.Clear();
        if (line[0] is not ((byte)' ' or (byte)'\t'))
        {
            int colon = Array.IndexOf(line, (byte)':');
            _isSkipped = colon > 0 && OwnHeaders.IsOfFile(Encoding.ASCII.GetString(line, 0, colon).Trim());
        }

        if (!_isSkipped)
        {
            Append(line, 0, line.Length);
        }
        else
        {
            // Its own end follows.
            _feeds--;
        }
    }

    private void Append(byte[] bytes, int offset, int count)
    {
        if (count == 0)
        {
            return;
        }

        for (; _feeds > 0; _feeds--)
        {
            _hash.AppendData(s_feed);
        }

        _hash.AppendData(bytes, offset, count);
    }
}

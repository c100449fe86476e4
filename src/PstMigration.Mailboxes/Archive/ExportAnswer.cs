using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using PstMigration.Mapi;

namespace PstMigration.Mailboxes;

/// <summary>
/// The answer to an export of one item, read as it comes: <c>{"value":[{"itemId":…,"changeKey":…,"data":"base64"}]}</c>. The stream gives the bytes of <c>data</c>; an item that could not be
/// exported has an <c>error</c> instead, in an answer that succeeded.
/// </summary>
[SuppressMessage("Performance", "CA1844", Justification = ".NET Framework has no such method to override.")]
internal sealed class ExportAnswer : ForwardStream
{
    private const int BufferSize = 64 * 1024;
    private const int LargestError = 1024 * 1024;

    private readonly byte[] _buffer;
    private readonly byte[] _quad = new byte[4];
    private readonly byte[] _decoded = new byte[3];
    private readonly StringBuilder _escape = new();
    private int _start;
    private int _end;
    private int _quadLength;
    private int _decodedStart;
    private int _decodedLength;
    private bool _isEscaped;
    private bool _isOver;

    private ExportAnswer(Stream json, byte[] buffer, int start, int end)
        : base(json)
    {
        _buffer = buffer;
        _start = start;
        _end = end;
    }

    /// <summary>Reads up to the data.</summary>
    /// <param name="json">The body of the answer; owned from here on.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="ArchiveExportException">The item was not exported.</exception>
    /// <exception cref="BadAnswerException">The answer is not one.</exception>
    public static async Task<ExportAnswer> OpenAsync(Stream json, CancellationToken cancellationToken)
    {
        try
        {
            return await FindDataAsync(json, cancellationToken).ConfigureAwait(false);
        }
        catch (JsonException e)
        {
            json.Dispose();
            throw new BadAnswerException(e);
        }
        catch
        {
            json.Dispose();
            throw;
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer, offset, count, CancellationToken.None).GetAwaiter().GetResult();

    /// <inheritdoc/>
    /// <exception cref="BadAnswerException">The data are not base64.</exception>
    /// <exception cref="EndOfStreamException">The answer broke off.</exception>
    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        int total = 0;
        while (total < count)
        {
            if (_decodedStart < _decodedLength)
            {
                buffer[offset + total++] = _decoded[_decodedStart++];
                continue;
            }

            if (_isOver || (_start == _end && total > 0))
            {
                break;
            }

            if (_start == _end && !await FillAsync(cancellationToken).ConfigureAwait(false))
            {
                // What came so far is not the item.
                throw new EndOfStreamException();
            }

            Decode();
        }

        return total;
    }

    private static async Task<ExportAnswer> FindDataAsync(Stream json, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[BufferSize];
        int end = 0;
        while (true)
        {
            int read = await json.ReadAsync(buffer, end, buffer.Length - end, cancellationToken).ConfigureAwait(false);
            end += read;
            if (FindData(buffer.AsSpan(0, end), out bool isElse) is int start)
            {
                return new ExportAnswer(json, buffer, start, end);
            }

            // What is before the data is short; an error, or nothing at all, is read whole.
            if (isElse || read == 0 || end == buffer.Length)
            {
                throw await FailureAsync(json, buffer, end, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Where the text of <c>data</c> begins, behind its quote; null where it was not seen yet.</summary>
    private static int? FindData(ReadOnlySpan<byte> json, out bool isElse)
    {
        isElse = false;
        Utf8JsonReader reader = new(json, isFinalBlock: false, default);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 3)
            {
                continue;
            }

            if (reader.ValueTextEquals("data"))
            {
                int at = (int)reader.BytesConsumed;
                while (at < json.Length && json[at] is (byte)' ' or (byte)':' or (byte)'\r' or (byte)'\n' or (byte)'\t')
                {
                    at++;
                }

                return at < json.Length && json[at] == (byte)'"' ? at + 1 : null;
            }

            isElse |= reader.ValueTextEquals("error") || reader.ValueTextEquals("Error");
        }

        return null;
    }

    private static async Task<Exception> FailureAsync(Stream json, byte[] begin, int length, CancellationToken cancellationToken)
    {
        using MemoryStream whole = new();
        whole.Write(begin, 0, length);
        int read;
        while (whole.Length < LargestError && (read = await json.ReadAsync(begin, 0, begin.Length, cancellationToken).ConfigureAwait(false)) > 0)
        {
            whole.Write(begin, 0, read);
        }

        using JsonDocument document = JsonDocument.Parse(whole.ToArray());
        JsonElement value = ArchiveJson.Member(document.RootElement, "value") is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > 0 ? list[0] : default;
        JsonElement? error = ArchiveJson.Member(value, "error") ?? ArchiveJson.Member(value, "Error");
        return new ArchiveExportException(ArchiveJson.Text(error, "code") ?? "", ArchiveJson.Text(error, "message") ?? "");
    }

    private async Task<bool> FillAsync(CancellationToken cancellationToken)
    {
        _start = 0;
        _end = await Source.ReadAsync(_buffer, 0, _buffer.Length, cancellationToken).ConfigureAwait(false);
        return _end > 0;
    }

    // Four letters are three bytes. A writer of JSON may put \/ and \u002B for letters of base64.
    private void Decode()
    {
        while (_start < _end)
        {
            byte letter = _buffer[_start++];
            if (letter == (byte)'"' && !_isEscaped)
            {
                _isOver = true;
                if (_quadLength != 0 || _escape.Length > 0)
                {
                    throw NotBase64();
                }

                return;
            }

            if (TryLetter(letter) is not byte found)
            {
                continue;
            }

            _quad[_quadLength++] = found;
            if (_quadLength == 4)
            {
                _quadLength = 0;
                _decodedStart = 0;
                _decodedLength = System.Buffers.Text.Base64.DecodeFromUtf8(_quad, _decoded, out _, out int written) == System.Buffers.OperationStatus.Done
                    ? written
                    : throw NotBase64();
                return;
            }
        }
    }

    private byte? TryLetter(byte letter)
    {
        if (!_isEscaped)
        {
            _isEscaped = letter == (byte)'\\';
            return _isEscaped ? null : letter;
        }

        _escape.Append((char)letter);
        if (_escape[0] == 'u' && _escape.Length < 5)
        {
            return null;
        }

        string escape = _escape.ToString();
        _escape.Clear();
        _isEscaped = false;
        return escape == "/" ? (byte)'/'
            : escape[0] == 'u' && int.TryParse(escape.Substring(1), System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture, out int code) && code < 0x80 ? (byte)code
            : throw NotBase64();
    }

    private static BadAnswerException NotBase64() => new(new FormatException("The data of the item are not base64."));
}

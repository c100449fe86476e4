using System.Text;

namespace PstMigration.Mapi;

/// <summary>An encoding of Japanese that is read here, because .NET reads but part of it, and written by .NET.</summary>
internal abstract class JapaneseEncoding(int codePage) : Encoding(codePage)
{
    private readonly Encoding _writer = CodePagesEncodingProvider.Instance.GetEncoding(codePage) ?? throw new NotSupportedException();

    public override string WebName => _writer.WebName;

    public override string EncodingName => _writer.EncodingName;

    /// <summary>Whether what cannot be read is an error, as <see cref="CharsetDetector.Fits"/> asks.</summary>
    protected bool IsStrict => DecoderFallback is DecoderExceptionFallback;

    public override int GetByteCount(char[] chars, int index, int count) => _writer.GetByteCount(chars, index, count);

    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) => _writer.GetBytes(chars, charIndex, charCount, bytes, byteIndex);

    public override int GetMaxByteCount(int charCount) => _writer.GetMaxByteCount(charCount);

    public override int GetMaxCharCount(int byteCount) => byteCount;

    public override int GetCharCount(byte[] bytes, int index, int count) => Read(bytes, index, count).Length;

    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex)
    {
        StringBuilder text = Read(bytes, byteIndex, byteCount);
        text.CopyTo(0, chars, charIndex, text.Length);
        return text.Length;
    }

    public override string GetString(byte[] bytes, int index, int count) => Read(bytes, index, count).ToString();

    /// <summary>Appends what bytes say.</summary>
    /// <exception cref="DecoderFallbackException">Bytes say nothing, and <see cref="IsStrict"/>.</exception>
    protected abstract void Decode(ReadOnlySpan<byte> bytes, StringBuilder text);

    /// <summary>What stands for bytes that say nothing.</summary>
    protected char Unknown() => IsStrict ? throw new DecoderFallbackException() : JisCharacters.Unknown;

    private StringBuilder Read(byte[] bytes, int index, int count)
    {
        StringBuilder text = new(count);
        Decode(bytes.AsSpan(index, count), text);
        return text;
    }
}

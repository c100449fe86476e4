using System.Text;
using PstMigration.Formats;
using PstMigration.Mapi;

namespace PstMigration.Sandbox;

/// <summary>The header block of a message.</summary>
internal static class HeaderBlock
{
    /// <summary>
    /// The message with the encoded words of its header block in UTF-8, so that a parser that knows only the code pages registered in the
    /// process reads them all; the rest is untouched.
    /// </summary>
    public static byte[] ToUtf8(byte[] message)
    {
        int end = End(message);
        Encoding latin = Encoding.GetEncoding(CodePages.Latin1);
        byte[] rewritten = latin.GetBytes(EncodedWords.ToUtf8(latin.GetString(message, 0, end), latin));
        byte[] result = new byte[rewritten.Length + message.Length - end];
        rewritten.CopyTo(result, 0);
        message.AsSpan(end).CopyTo(result.AsSpan(rewritten.Length));
        return result;
    }

    private static int End(byte[] message)
    {
        for (int i = 1; i < message.Length; i++)
        {
            if (message[i] == '\n' && (message[i - 1] == '\n' || (message[i - 1] == '\r' && i > 1 && message[i - 2] == '\n')))
            {
                return i;
            }
        }

        return message.Length;
    }
}

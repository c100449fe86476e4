using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using PstMigration.Mapi;

namespace PstMigration.Sandbox;

/// <summary>
/// Turns the encoded words (RFC 2047) of a header block into UTF-8 ones, so that a parser that knows only the code pages registered in
/// the process reads them all.
/// </summary>
internal static class EncodedWords
{
    private static readonly Regex s_word = new(
        @"=\?(?<charset>[^?*\s]{1,64})(\*[^?\s]*)?\?(?<encoding>[BbQq])\?(?<text>[^?\s]*)\?=", RegexOptions.CultureInvariant);

    /// <summary>The message with its header block rewritten; the rest is untouched.</summary>
    public static byte[] ToUtf8(byte[] message)
    {
        int end = HeaderEnd(message);
        Encoding latin = Encoding.GetEncoding(CodePages.Latin1);
        string headers = s_word.Replace(latin.GetString(message, 0, end), Rewrite);
        byte[] rewritten = latin.GetBytes(headers);
        byte[] result = new byte[rewritten.Length + message.Length - end];
        rewritten.CopyTo(result, 0);
        message.AsSpan(end).CopyTo(result.AsSpan(rewritten.Length));
        return result;
    }

    private static int HeaderEnd(byte[] message)
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

    private static string Rewrite(Match word)
    {
        string text = word.Groups["text"].Value;
        byte[]? bytes = word.Groups["encoding"].Value is "B" or "b" ? FromBase64(text) : FromQuoted(text);
        return bytes is not null && CodePages.Find(word.Groups["charset"].Value) is Encoding encoding
            ? "=?utf-8?B?" + Convert.ToBase64String(Encoding.UTF8.GetBytes(encoding.GetString(bytes))) + "?="
            : word.Value;
    }

    private static byte[]? FromBase64(string text)
    {
        try
        {
            return Convert.FromBase64String(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static byte[] FromQuoted(string text)
    {
        List<byte> bytes = [];
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '=' && i + 2 < text.Length
                && byte.TryParse(text.Substring(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte value))
            {
                bytes.Add(value);
                i += 2;
            }
            else
            {
                bytes.Add(text[i] == '_' ? (byte)' ' : (byte)text[i]);
            }
        }

        return [.. bytes];
    }
}

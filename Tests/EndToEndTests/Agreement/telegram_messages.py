"""python-telegram-bot talks to the stand-in as to Telegram, and reads and sends again what the engine sent.

Arguments: the stand-in's URL, its token, a chat. Standard input: the engine's calls, as JSON: [{"method": …, "parameters": {…}}, …].
"""

import asyncio
import json
import sys

from telegram import Bot, BotCommand, InlineKeyboardMarkup, Update
from telegram.constants import InlineKeyboardButtonLimit, MessageLimit, ParseMode
from telegram.error import BadRequest

url, token, chat = sys.argv[1:]
calls = json.load(sys.stdin)


async def main():
    async with Bot(token, base_url=f"{url}/bot") as bot:
        me = await bot.get_me()
        assert me.is_bot and me.username, me
        seen = {"sendMessage": 0, "setMyCommands": 0, "buttons": 0}
        for call in calls:
            parameters = call["parameters"]
            if call["method"] == "sendMessage":
                seen["sendMessage"] += 1
                await send_again(bot, parameters, seen)
            elif call["method"] == "setMyCommands":
                seen["setMyCommands"] += 1
                commands = [BotCommand.de_json(command, bot) for command in parameters["commands"]]
                assert await bot.set_my_commands(commands)
        assert all(seen.values()), f"the engine's calls were not seen: {seen}"
        try:
            await bot.send_message(int(chat), "<b>not closed", parse_mode=ParseMode.HTML)
            raise AssertionError("markup that does not parse was taken")
        except BadRequest as error:
            assert "parse entities" in str(error), error
        updates = await bot.get_updates(timeout=0)
        assert updates and all(isinstance(update, Update) and update.effective_message.text for update in updates), updates


async def send_again(bot, parameters, seen):
    markup = parameters.get("reply_markup")
    if markup:
        markup = InlineKeyboardMarkup.de_json(markup, bot)
        seen["buttons"] += 1
        for row in markup.inline_keyboard:
            for button in row:
                assert len(button.callback_data.encode()) <= InlineKeyboardButtonLimit.MAX_CALLBACK_DATA, button
    message = await bot.send_message(
        int(parameters["chat_id"]), parameters["text"], parse_mode=parameters.get("parse_mode"), reply_markup=markup)
    assert message.text and len(message.text.encode("utf-16-le")) // 2 <= MessageLimit.MAX_TEXT_LENGTH, message
    assert message.from_user.is_bot and message.chat.id == int(parameters["chat_id"]), message
    assert (message.reply_markup is None) == (markup is None), message


asyncio.run(main())
print("python-telegram-bot agrees")
